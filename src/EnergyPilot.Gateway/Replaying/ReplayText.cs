using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Commands.Installer;
using EnergyPilot.Gateway.Recording;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Web;

namespace EnergyPilot.Gateway.Replaying;

/// <summary>What a comparison of two courses of a day says to a person at a terminal.</summary>
/// <param name="words">How the two are called: "was" and "would be", or "then" and "now".</param>
internal sealed class ReplayText(Site site, Course was, Course wouldBe, (string Was, string WouldBe) words)
{
    /// <summary>Two ways to decide a day.</summary>
    public static readonly (string, string) WouldDiffer = ("was", "would be");

    /// <summary>What was decided on the day, and what this program decides.</summary>
    public static readonly (string, string) ThenAndNow = ("then", "now");

    public const string OpenLoop =
        "The readings are those of that day: rooms that would have become warmer or colder do not show in them. The longer a difference lasts, the less it says.";

    private static readonly TimeSpan Brief = TimeSpan.FromMinutes(10);

    /// <summary>Every difference: when, what, how much, and both reasons. What loops and valves do otherwise for some minutes is only counted.</summary>
    public string Differences(ImmutableArray<Difference> differences)
    {
        var text = new StringBuilder();
        foreach (var d in differences.Where(IsTold))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{Clock(d.From)}–{Clock(d.To)}  {Name(d.Subject)}: {Value(d.Subject, d.Was.Value)} → {Value(d.Subject, d.WouldBe.Value)}");
            text.AppendLine(CultureInfo.InvariantCulture, $"    {words.Was + ":",-9} {Why(d.Was)}");
            text.AppendLine(CultureInfo.InvariantCulture, $"    {words.WouldBe + ":",-9} {Why(d.WouldBe)}");
        }

        var brief = differences.Count(d => !IsTold(d));
        if (brief > 0) text.AppendLine(CultureInfo.InvariantCulture, $"And {brief} {(brief == 1 ? "difference" : "differences")} of less than {Brief.TotalMinutes:0} minutes in heat, water or outputs.");
        return text.ToString();
    }

    private static bool IsTold(Difference d) => d.Subject.ReasonCounts || d.To - d.From >= Brief;

    /// <summary>What it comes to, zone by zone.</summary>
    public Sheet Summary() => new(
        ["Zone", $">Setpoint {words.Was}", $">{words.WouldBe}", ">K·h more", $">Heat {words.Was}", $">{words.WouldBe}", $">Valve moves {words.Was}", $">{words.WouldBe}"],
        [.. site.Zones.Select(Row)]);

    private ImmutableArray<string> Row(Zone zone)
    {
        var (setpoint, heat) = (CyclePoints.Setpoint(zone.Id).Name, CyclePoints.Heat(zone.Id).Name);
        var (before, after) = (Mean(was, setpoint), Mean(wouldBe, setpoint));
        return
        [
            zone.Name, Number(before.Mean, "0.0", " °C"), Number(after.Mean, "0.0", " °C"), Number(after.Mean * after.Hours - before.Mean * before.Hours, "+0.0;-0.0;0.0", ""),
            Number(Mean(was, heat).Mean, "0.0", " %"), Number(Mean(wouldBe, heat).Mean, "0.0", " %"),
            Moves(was, zone), Moves(wouldBe, zone),
        ];
    }

    private static (double Mean, double Hours) Mean(Course course, string subject)
    {
        var stretches = Both.Of(course.Of(subject), [], course.Span.To).Where(b => b.Was.IsDecided).ToArray();
        var hours = stretches.Sum(b => b.Hours);
        return (hours > 0 ? stretches.Sum(b => b.Was.Value * b.Hours) / hours : double.NaN, hours);
    }

    private static string Moves(Course course, Zone zone) => zone.Points.Valve
        .Sum(valve => course.Of(valve.Name).Where(s => s.IsDecided).Zip(course.Of(valve.Name).Where(s => s.IsDecided).Skip(1)).Count(x => !x.First.Value.Equals(x.Second.Value)))
        .ToString(CultureInfo.InvariantCulture);

    private string Clock(DateTimeOffset at) => site.Local(at).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    private string Name(Subject subject)
    {
        if (subject.Aspect == Aspect.Alarm) return $"alarm {subject.Name["alarm/".Length..]}";
        var (id, what) = subject.Name.Split('/', '.') switch
        {
            ["zone" or "circuit", var one, var other] => (one, other),
            _ => (subject.Name, ""),
        };
        return what.Length == 0 ? Output(new PointId(subject.Name)) : $"{Names.Of(site, id)} ({id}), {what}";
    }

    // By what it moves, which says more than its place on a relay board.
    private string Output(PointId point)
    {
        var owner = site.Zones.Where(z => z.Points.Valve.Contains(point)).Select(z => $"{z.Name} ({z.Id}), valve")
            .Concat(site.Circuits.Where(c => c.Pump.Contains(point)).Select(c => $"{c.Name} ({c.Id}), pump"))
            .Concat(site.Circuits.Where(c => c.MixingValve.Contains(point)).Select(c => $"{c.Name} ({c.Id}), mixing valve"))
            .FirstOrDefault();
        return owner is null ? point.Name : $"{owner} {point.Name}";
    }

    private static string Why(Step step) => step.IsDecided ? step.Sentence.Length > 0 ? step.Sentence : step.Code : "–";

    private static string Value(Subject subject, double value) => double.IsNaN(value) ? "nothing" : subject.Aspect switch
    {
        Aspect.Setpoint or Aspect.Supply or Aspect.Temperature => Number(value, "0.0", " °C"),
        Aspect.Heat or Aspect.Ratio => Number(value, "0", " %"),
        Aspect.Alarm => "raised",
        _ => value is 0 ? "off" : value is 1 ? "on" : Number(value * 100, "0", " % on"),
    };

    private static string Number(double value, string format, string unit) =>
        double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) + unit : "–";
}
