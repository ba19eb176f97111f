using System.Text.Json.Serialization;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Gateway.Web;

/// <summary>The last hours of a zone on one time axis, for the chart and its table. A gap in the data is null, never an invented value.</summary>
/// <param name="Times">Beginning of each step, in seconds since 1970.</param>
internal sealed record ZoneHistory(
    int StepSeconds, IReadOnlyList<long> Times,
    [property: JsonPropertyName("roomC")] IReadOnlyList<double?> Room,
    [property: JsonPropertyName("targetC")] IReadOnlyList<double?> Target,
    [property: JsonPropertyName("outdoorC")] IReadOnlyList<double?> Outdoor,
    [property: JsonPropertyName("heatPercent")] IReadOnlyList<double?> Heat,
    [property: JsonPropertyName("co2Ppm")] IReadOnlyList<double?> Co2)
{
    public const int LongestHours = 168;

    // Samples are stored when they change, with a heartbeat at least this often: beyond it a measured value is lost, not steady.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMinutes(65);

    // What the control makes (setpoint, heat) holds until it says otherwise.
    private static readonly TimeSpan Lasting = TimeSpan.FromDays(8);

    /// <summary>The point under which the control stores a zone's setpoint [°C].</summary>
    public static PointId SetpointOf(ZoneId zone) => new($"zone/{zone}.setpoint");

    /// <summary>The point under which the control stores how much heat a zone asks for [%].</summary>
    public static PointId HeatOf(ZoneId zone) => new($"zone/{zone}.heat");

    public static ZoneHistory Of(Zone zone, Site site, PageDesk desk, DateTimeOffset to, int hours)
    {
        var step = TimeSpan.FromMinutes(hours <= 48 ? 5 : 15);
        var last = to.ToUnixTimeSeconds() / (long)step.TotalSeconds * (long)step.TotalSeconds;
        var count = (int)(TimeSpan.FromHours(hours) / step);
        List<long> times = [.. Enumerable.Range(0, count).Select(i => last - (count - 1 - i) * (long)step.TotalSeconds)];

        IReadOnlyList<double?> Line(TimeSpan patience, params IEnumerable<PointId> points) =>
            Mean([.. points.Select(p => Steps(desk.Series(p, At(times[0]) - Heartbeat, to), times, step, patience))], count);
        return new ZoneHistory(
            (int)step.TotalSeconds, times, Line(Heartbeat, zone.Points.Temperature), Line(Lasting, SetpointOf(zone.Id)),
            Line(Heartbeat, site.Outdoor.Take(1)), Line(Lasting, HeatOf(zone.Id)), Line(Heartbeat, zone.Points.Co2));
    }

    /// <summary>One row per hour for readers of the table: the step in which the hour begins.</summary>
    public IEnumerable<int> Hours() => Enumerable.Range(0, Times.Count).Where(i => Times[i] % 3600 == 0).Reverse();

    /// <summary>The mean of the samples within each step; without one, the value before, while it is not older than the patience.</summary>
    internal static double?[] Steps(IReadOnlyList<Sample> samples, IReadOnlyList<long> times, TimeSpan step, TimeSpan patience)
    {
        var line = new double?[times.Count];
        var next = 0;
        Sample? held = null;
        for (var i = 0; i < times.Count; i++)
        {
            var (from, until) = (At(times[i]), At(times[i]) + step);
            var (sum, n) = (0.0, 0);
            for (; next < samples.Count && samples[next].At < until; next++)
            {
                held = samples[next];
                if (samples[next].At >= from && double.IsFinite(samples[next].Value)) (sum, n) = (sum + samples[next].Value, n + 1);
            }

            line[i] = n > 0 ? sum / n : held is { } h && double.IsFinite(h.Value) && from - h.At <= patience ? h.Value : null;
        }

        return line;
    }

    private static double?[] Mean(double?[][] lines, int count) =>
        [.. Enumerable.Range(0, count).Select(i => lines.Select(l => l[i]).Average() is { } mean ? Math.Round(mean, 2) : (double?)null)];

    private static DateTimeOffset At(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);
}
