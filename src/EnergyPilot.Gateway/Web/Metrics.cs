using System.Globalization;
using System.Text;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Uplink;
using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Gateway.Web;

/// <summary>
/// The gateway in numbers, for whoever watches many of them: text in Prometheus's exposition format 0.0.4. It says how devices and
/// the service do, not who is where in the school.
/// </summary>
internal static class Metrics
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Of(FieldView field, LiveView live, UplinkFigures? uplink, DateTimeOffset now)
    {
        var text = new StringBuilder(8192);
        Service(text, live, now);
        Devices(text, field);
        if (uplink is not null) Uplink(text, uplink, now);
        return text.ToString();
    }

    private static void Service(StringBuilder text, LiveView live, DateTimeOffset now)
    {
        Family(text, "energypilot_memory_bytes", "gauge", "Resident memory of the gateway.");
        Line(text, "energypilot_memory_bytes", "", Environment.WorkingSet);
        Family(text, "energypilot_heap_bytes", "gauge", "Managed memory after the last collection.");
        Line(text, "energypilot_heap_bytes", "", GC.GetGCMemoryInfo().HeapSizeBytes);
        if (live.Latest is not { } record) return;
        Family(text, "energypilot_cycle_age_seconds", "gauge", "Time since the last cycle of the control.");
        Line(text, "energypilot_cycle_age_seconds", "", Math.Max((now - record.Decision.At).TotalSeconds, 0));
        Family(text, "energypilot_alarms", "gauge", "Alarms that are standing, by severity.");
        foreach (var group in record.Decision.Alarms.GroupBy(a => a.Severity).OrderBy(g => g.Key))
            Line(text, "energypilot_alarms", $"severity=\"{group.Key.ToString().ToLowerInvariant()}\"", group.Count());
        Family(text, "energypilot_points", "gauge", "Points by the reliability of their last reading.");
        var readings = record.Site.Points.Keys.Select(p => record.Snapshot.Of(p).Reliability);
        foreach (var group in readings.GroupBy(r => r).OrderBy(g => g.Key))
            Line(text, "energypilot_points", $"reliability=\"{Word(group.Key)}\"", group.Count());
    }

    private static void Devices(StringBuilder text, FieldView field)
    {
        var devices = field.Buses.SelectMany(bus => bus.Counters.OrderBy(c => c.Key, StringComparer.Ordinal),
            (bus, c) => (Labels: $"bus=\"{bus.Bus.Id}\",device=\"{c.Key}\"", Figures: c.Value.Read())).ToList();
        if (devices.Count == 0) return;
        Family(text, "energypilot_device_requests_total", "counter", "Requests to a device, or messages heard from it.");
        foreach (var (labels, figures) in devices) Line(text, "energypilot_device_requests_total", labels, figures.Requests);
        Family(text, "energypilot_device_failures_total", "counter", "Requests without a usable answer, by kind.");
        foreach (var (labels, figures) in devices)
            foreach (var trouble in Enum.GetValues<Trouble>())
                Line(text, "energypilot_device_failures_total", $"{labels},kind=\"{Word(trouble)}\"", figures.Of(trouble));
        Family(text, "energypilot_device_exceptions_total", "counter", "Refusals by Modbus exception code.");
        foreach (var (labels, figures) in devices)
            foreach (var (code, count) in figures.Exceptions)
                Line(text, "energypilot_device_exceptions_total", string.Create(CultureInfo.InvariantCulture, $"{labels},code=\"{code}\""), count);
        Family(text, "energypilot_device_latency_seconds", "summary", "Time from request to answer.");
        foreach (var (labels, figures) in devices) Latency(text, labels, figures);
        Family(text, "energypilot_device_last_good_timestamp_seconds", "gauge", "When the device was last heard.");
        foreach (var (labels, figures) in devices)
            if (figures.LastGood > DateTimeOffset.MinValue) Line(text, "energypilot_device_last_good_timestamp_seconds", labels, figures.LastGood.ToUnixTimeMilliseconds() / 1000.0);
    }

    private static void Uplink(StringBuilder text, UplinkFigures uplink, DateTimeOffset now)
    {
        Family(text, "energypilot_uplink_connected", "gauge", "1 while data can be sent to the city.");
        Line(text, "energypilot_uplink_connected", "", uplink.Phase == SparkplugPhase.Born ? 1 : 0);
        Family(text, "energypilot_uplink_waiting_samples", "gauge", "Samples that nobody has acknowledged.");
        Line(text, "energypilot_uplink_waiting_samples", "", uplink.Waiting);
        Family(text, "energypilot_uplink_oldest_age_seconds", "gauge", "Age of the oldest of them; 0 when none waits.");
        Line(text, "energypilot_uplink_oldest_age_seconds", "", uplink.Waiting > 0 ? Math.Max((now - uplink.Oldest).TotalSeconds, 0) : 0);
        if (uplink.Acknowledged > DateTimeOffset.MinValue)
        {
            Family(text, "energypilot_uplink_acknowledged_timestamp_seconds", "gauge", "When something was last acknowledged.");
            Line(text, "energypilot_uplink_acknowledged_timestamp_seconds", "", uplink.Acknowledged.ToUnixTimeMilliseconds() / 1000.0);
        }

        Family(text, "energypilot_uplink_sent_samples_total", "counter", "Samples sent, those that were sent again included.");
        Line(text, "energypilot_uplink_sent_samples_total", "", uplink.Samples);
        Family(text, "energypilot_uplink_stalls_total", "counter", "How often answers stayed away and sending began anew.");
        Line(text, "energypilot_uplink_stalls_total", "", uplink.Stalls);
        Family(text, "energypilot_uplink_births_total", "counter", "How often the gateway has described itself.");
        Line(text, "energypilot_uplink_births_total", "", uplink.Births);
        Family(text, "energypilot_uplink_lost_samples", "gauge", "Samples that had to be given up before they were acknowledged.");
        Line(text, "energypilot_uplink_lost_samples", "", uplink.Lost);
    }

    private static void Latency(StringBuilder text, string labels, DeviceFigures figures)
    {
        if (figures.Median == TimeSpan.Zero) return;
        Line(text, "energypilot_device_latency_seconds", $"{labels},quantile=\"0.5\"", figures.Median.TotalSeconds);
        Line(text, "energypilot_device_latency_seconds", $"{labels},quantile=\"0.99\"", figures.Slowest.TotalSeconds);
    }

    private static void Family(StringBuilder text, string name, string kind, string help) =>
        text.Append("# HELP ").Append(name).Append(' ').Append(help).Append('\n').Append("# TYPE ").Append(name).Append(' ').Append(kind).Append('\n');

    private static void Line(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0) text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    // NoFaultDetected: no_fault_detected
    private static string Word<T>(T value) where T : struct, Enum
    {
        var word = new StringBuilder();
        foreach (var c in value.ToString())
        {
            if (char.IsUpper(c) && word.Length > 0) word.Append('_');
            word.Append(char.ToLowerInvariant(c));
        }

        return word.ToString();
    }
}
