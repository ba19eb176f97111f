using System.Globalization;
using System.Text;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Uplink;
using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Gateway.Web;

/// <summary>
/// The gateway in numbers, for whoever watches many of them: text in Prometheus's exposition format 0.0.4. It says how the school,
/// its devices and the service do, not who is where.
/// </summary>
internal static class Metrics
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Of(FieldView field, LiveView live, UplinkFigures? uplink, Traffic traffic, DateTimeOffset now)
    {
        var text = new MetricsText();
        Service(text, live, now);
        Pages(text, traffic);
        if (live.Latest is { } record) SchoolMetrics.Write(text, record);
        Devices(text, field);
        if (uplink is not null) Uplink(text, uplink, now);
        return text.ToString();
    }

    private static void Service(MetricsText text, LiveView live, DateTimeOffset now)
    {
        text.Family("energypilot_memory_bytes", "gauge", "Resident memory of the gateway.");
        text.Line("energypilot_memory_bytes", [], Environment.WorkingSet);
        text.Family("energypilot_heap_bytes", "gauge", "Managed memory after the last collection.");
        text.Line("energypilot_heap_bytes", [], GC.GetGCMemoryInfo().HeapSizeBytes);
        if (live.Latest is not { } record) return;
        text.Family("energypilot_cycle_age_seconds", "gauge", "Time since the last cycle of the control.");
        text.Line("energypilot_cycle_age_seconds", [], Math.Max((now - record.Decision.At).TotalSeconds, 0));
        text.Family("energypilot_alarms", "gauge", "Alarms that are standing, by severity.");
        foreach (var group in record.Decision.Alarms.GroupBy(a => a.Severity).OrderBy(g => g.Key))
            text.Line("energypilot_alarms", [("severity", group.Key.ToString().ToLowerInvariant())], group.Count());
        text.Family("energypilot_points", "gauge", "Points by the reliability of their last reading.");
        var readings = record.Site.Points.Keys.Select(p => record.Snapshot.Of(p).Reliability);
        foreach (var group in readings.GroupBy(r => r).OrderBy(g => g.Key))
            text.Line("energypilot_points", [("reliability", Word(group.Key))], group.Count());
    }

    private static void Devices(MetricsText text, FieldView field)
    {
        var devices = field.Buses.SelectMany(bus => bus.Counters.OrderBy(c => c.Key, StringComparer.Ordinal),
            (bus, c) => (Labels: ((string, string)[])[("bus", bus.Bus.Id), ("device", c.Key)], Figures: c.Value.Read())).ToList();
        if (devices.Count == 0) return;
        text.Family("energypilot_device_requests_total", "counter", "Requests to a device, or messages heard from it.");
        foreach (var (labels, figures) in devices) text.Line("energypilot_device_requests_total", labels, figures.Requests);
        text.Family("energypilot_device_failures_total", "counter", "Requests without a usable answer, by kind.");
        foreach (var (labels, figures) in devices)
            foreach (var trouble in Enum.GetValues<Trouble>())
                text.Line("energypilot_device_failures_total", [.. labels, ("kind", Word(trouble))], figures.Of(trouble));
        text.Family("energypilot_device_exceptions_total", "counter", "Refusals by Modbus exception code.");
        foreach (var (labels, figures) in devices)
            foreach (var (code, count) in figures.Exceptions)
                text.Line("energypilot_device_exceptions_total", [.. labels, ("code", code.ToString(CultureInfo.InvariantCulture))], count);
        text.Family("energypilot_device_latency_seconds", "summary", "Time from request to answer.");
        foreach (var (labels, figures) in devices) Latency(text, labels, figures);
        text.Family("energypilot_device_last_good_timestamp_seconds", "gauge", "When the device was last heard.");
        foreach (var (labels, figures) in devices)
            if (figures.LastGood > DateTimeOffset.MinValue) text.Line("energypilot_device_last_good_timestamp_seconds", labels, figures.LastGood.ToUnixTimeMilliseconds() / 1000.0);
    }

    private static void Uplink(MetricsText text, UplinkFigures uplink, DateTimeOffset now)
    {
        text.Family("energypilot_uplink_connected", "gauge", "1 while data can be sent to the city.");
        text.Line("energypilot_uplink_connected", [], uplink.Phase == SparkplugPhase.Born ? 1 : 0);
        text.Family("energypilot_uplink_waiting_samples", "gauge", "Samples that nobody has acknowledged.");
        text.Line("energypilot_uplink_waiting_samples", [], uplink.Waiting);
        text.Family("energypilot_uplink_oldest_age_seconds", "gauge", "Age of the oldest of them; 0 when none waits.");
        text.Line("energypilot_uplink_oldest_age_seconds", [], uplink.Waiting > 0 ? Math.Max((now - uplink.Oldest).TotalSeconds, 0) : 0);
        if (uplink.Acknowledged > DateTimeOffset.MinValue)
        {
            text.Family("energypilot_uplink_acknowledged_timestamp_seconds", "gauge", "When something was last acknowledged.");
            text.Line("energypilot_uplink_acknowledged_timestamp_seconds", [], uplink.Acknowledged.ToUnixTimeMilliseconds() / 1000.0);
        }

        text.Family("energypilot_uplink_sent_samples_total", "counter", "Samples sent, those that were sent again included.");
        text.Line("energypilot_uplink_sent_samples_total", [], uplink.Samples);
        text.Family("energypilot_uplink_stalls_total", "counter", "How often answers stayed away and sending began anew.");
        text.Line("energypilot_uplink_stalls_total", [], uplink.Stalls);
        text.Family("energypilot_uplink_births_total", "counter", "How often the gateway has described itself.");
        text.Line("energypilot_uplink_births_total", [], uplink.Births);
        text.Family("energypilot_uplink_lost_samples", "gauge", "Samples that had to be given up before they were acknowledged.");
        text.Line("energypilot_uplink_lost_samples", [], uplink.Lost);
    }

    private static void Latency(MetricsText text, (string, string)[] labels, DeviceFigures figures)
    {
        if (figures.Median == TimeSpan.Zero) return;
        text.Line("energypilot_device_latency_seconds", [.. labels, ("quantile", "0.5")], figures.Median.TotalSeconds);
        text.Line("energypilot_device_latency_seconds", [.. labels, ("quantile", "0.99")], figures.Slowest.TotalSeconds);
    }

    private static void Pages(MetricsText text, Traffic traffic)
    {
        text.Family("energypilot_http_requests_total", "counter", "Requests by what they were for and the class of their answer.");
        foreach (var part in Enum.GetValues<Traffic.Part>())
            for (var hundreds = 1; hundreds <= 5; hundreds++)
                if (traffic.Requests(part, hundreds) is > 0 and var count)
                    text.Line("energypilot_http_requests_total", [("for", Word(part)), ("status", string.Create(CultureInfo.InvariantCulture, $"{hundreds}xx"))], count);
        text.Family("energypilot_event_streams", "gauge", "Event streams that are open.");
        foreach (var kind in Enum.GetValues<StreamKind>()) text.Line("energypilot_event_streams", [("for", Word(kind))], traffic.Streams(kind));
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
