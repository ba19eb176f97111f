using EnergyPilot.Core.Control;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Texts;

namespace EnergyPilot.Gateway.Replaying;

/// <summary>How a day's decisions went on: every subject with its steps.</summary>
internal sealed class Course
{
    private readonly SortedDictionary<string, (Subject Subject, List<Step> Steps)> subjects = new(StringComparer.Ordinal);
    private readonly HashSet<string> raised = [];

    public IEnumerable<Subject> Subjects => subjects.Values.Select(s => s.Subject);

    /// <summary>Begin of the first cycle and end of the last; the day that is compared.</summary>
    public (DateTimeOffset From, DateTimeOffset To) Span { get; private set; } = (DateTimeOffset.MaxValue, DateTimeOffset.MinValue);

    /// <summary>Steps in order of time; none for a subject that was never decided.</summary>
    public IReadOnlyList<Step> Of(string subject) => subjects.TryGetValue(subject, out var known) ? known.Steps : [];

    public Aspect? AspectOf(string subject) => subjects.TryGetValue(subject, out var known) ? known.Subject.Aspect : null;

    /// <summary>Takes in the next cycle.</summary>
    public void Take(Site site, Decision decision)
    {
        var at = decision.At;
        Cover(at);
        foreach (var target in decision.Targets)
            Add(new(CyclePoints.Setpoint(target.Zone).Name, Aspect.Setpoint), target.Setpoint.Degrees, target.Reason);
        foreach (var demand in decision.Demands)
            Add(new(CyclePoints.Heat(demand.Zone).Name, Aspect.Heat), demand.Heat.Value * 100, demand.Reason);
        foreach (var supply in decision.Supplies)
            Add(new(CyclePoints.Setpoint(supply.Circuit).Name, Aspect.Supply), supply.Setpoint.Degrees, supply.Reason);
        foreach (var output in decision.Outputs)
            Add(new(output.Point.Name, Subject.Of(CyclePoints.QuantityOf(site, output.Point))), output.Value, output.Reason);
        Alarms(site, decision);

        void Add(Subject subject, double value, Reason reason)
        {
            if (!IsKept(subject, value, reason.Code.ToString())) return;
            Append(subject, new(at, value, reason.Code.ToString(), Sentence(site, at, reason)));
        }
    }

    /// <summary>Takes in a step that was worked out elsewhere.</summary>
    public void Take(Subject subject, Step step)
    {
        Cover(step.At);
        Append(subject, step);
    }

    /// <summary>The cycles went on until here.</summary>
    public void Cover(DateTimeOffset at) => Span = (at < Span.From ? at : Span.From, at > Span.To ? at : Span.To);

    /// <summary>A gap begins: nothing is decided until the next cycle.</summary>
    public void Pause(DateTimeOffset at)
    {
        Cover(at);
        foreach (var (subject, steps) in subjects.Values)
            if (steps[^1].IsDecided) Append(subject, new(at, double.NaN, "", ""));
        raised.Clear();
    }

    private void Alarms(Site site, Decision decision)
    {
        var now = decision.Alarms.DistinctBy(a => a.Key).ToDictionary(a => a.Key);
        foreach (var (key, alarm) in now)
            if (raised.Add(key))
                Append(new("alarm/" + key, Aspect.Alarm), new(decision.At, 1, alarm.Reason.Code.ToString(), Sentence(site, decision.At, alarm.Reason)));
        foreach (var key in raised.Where(key => !now.ContainsKey(key)).ToArray())
        {
            raised.Remove(key);
            Append(new("alarm/" + key, Aspect.Alarm), new(decision.At, double.NaN, "", ""));
        }
    }

    private bool IsKept(Subject subject, double value, string code) =>
        !subjects.TryGetValue(subject.Name, out var known) || known.Steps[^1] is var last
        && (last.Code != code || !last.IsDecided || Math.Abs(value - last.Value) >= subject.Kept);

    private void Append(Subject subject, Step step)
    {
        if (!subjects.TryGetValue(subject.Name, out var known)) subjects[subject.Name] = known = (subject, []);
        known.Steps.Add(step);
    }

    private static string Sentence(Site site, DateTimeOffset at, Reason reason) => new Reader(Language.Fallback, site, at).Sentence(reason);
}
