using System.Text.Json.Serialization;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Gateway.Web.Zones;

/// <summary>A stretch of a zone's life on one time axis, for the chart and its table. A gap in the data is null, never an invented value.</summary>
/// <param name="Times">Beginning of each step, in seconds since 1970.</param>
/// <param name="Presence">The share of the time in which somebody was seen.</param>
internal sealed record ZoneHistory(
    int StepSeconds, IReadOnlyList<long> Times,
    [property: JsonPropertyName("roomC")] IReadOnlyList<double?> Room,
    [property: JsonPropertyName("targetC")] IReadOnlyList<double?> Target,
    [property: JsonPropertyName("outdoorC")] IReadOnlyList<double?> Outdoor,
    [property: JsonPropertyName("heatPercent")] IReadOnlyList<double?> Heat,
    [property: JsonPropertyName("co2Ppm")] IReadOnlyList<double?> Co2,
    [property: JsonPropertyName("presencePercent")] IReadOnlyList<double?> Presence)
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

    public static ZoneHistory Of(Zone zone, Site site, PageDesk desk, HistorySpan span)
    {
        var times = span.Times();
        IReadOnlyList<double?> Line(TimeSpan patience, int digits, double factor, params IEnumerable<PointId> points) => Mean(
            [.. points.Select(p => Steps(Samples(desk, p, At(times[0]), span), times, span.Step, patience))], times.Count, digits, factor);
        return new ZoneHistory(
            (int)span.Step.TotalSeconds, times, Line(Heartbeat, 2, 1, zone.Points.Temperature), Line(Lasting, 2, 1, SetpointOf(zone.Id)),
            Line(Heartbeat, 2, 1, site.Outdoor.Take(1)), Line(Lasting, 1, 1, HeatOf(zone.Id)), Line(Heartbeat, 0, 1, zone.Points.Co2), Seen(span, Line(Heartbeat, 0, 100, zone.Points.Presence)));
    }

    /// <summary>Rows for readers of the table, newest first: the steps that begin a row.</summary>
    public IEnumerable<int> Rows(TimeSpan apart) => Enumerable.Range(0, Times.Count).Where(i => Times[i] % (long)apart.TotalSeconds == 0).Reverse();

    /// <summary>The mean of the samples within each step; without one, the value before, while it is not older than the patience.</summary>
    internal static double?[] Steps(IReadOnlyList<Web.Sample> samples, IReadOnlyList<long> times, TimeSpan step, TimeSpan patience)
    {
        var line = new double?[times.Count];
        var next = 0;
        Web.Sample? held = null;
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

    // A contact says when it changes, not for how long: within five minutes somebody was there, or nobody was.
    private static IReadOnlyList<double?> Seen(HistorySpan span, IReadOnlyList<double?> line) => span.Resolution == Resolution.Raw ? [.. line.Select(v => v > 0 ? 100 : v)] : line;

    private static IReadOnlyList<Web.Sample> Samples(PageDesk desk, PointId point, DateTimeOffset from, HistorySpan span) => span.Resolution == Resolution.Raw
        ? desk.Series(point, from - Heartbeat, span.To)
        : [.. desk.History(point, from, span.To, span.Resolution).Select(s => new Web.Sample(s.At, s.Mean))];

    private static double?[] Mean(double?[][] lines, int count, int digits, double factor) =>
        [.. Enumerable.Range(0, count).Select(i => lines.Select(l => l[i]).Average() is { } mean ? Math.Round(mean * factor, digits) : (double?)null)];

    private static DateTimeOffset At(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);
}
