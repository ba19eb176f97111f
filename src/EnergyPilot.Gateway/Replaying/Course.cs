using EnergyPilot.Core.Control;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Recording;
using EnergyPilot.Gateway.Texts;

namespace EnergyPilot.Gateway.Replaying;

/// <summary>How a day's decisions went on: every subject with its steps.</summary>
internal sealed class Course
{
    private static readonly Dictionary<string, ReasonCode> Codes = Enum.GetValues<ReasonCode>().ToDictionary(c => c.ToString());
    private readonly SortedDictionary<string, (Subject Subject, List<Step> Steps)> subjects = new(StringComparer.Ordinal);
    private readonly DecisionTrail trail = new();

    public IEnumerable<Subject> Subjects => subjects.Values.Select(s => s.Subject);

    /// <summary>Begin of the first cycle and end of the last; the day that is compared.</summary>
    public (DateTimeOffset From, DateTimeOffset To) Span { get; private set; } = (DateTimeOffset.MaxValue, DateTimeOffset.MinValue);

    /// <summary>Steps in order of time; none for a subject that was never decided.</summary>
    public IReadOnlyList<Step> Of(string subject) => subjects.TryGetValue(subject, out var known) ? known.Steps : [];

    /// <summary>Takes in the next cycle.</summary>
    public void Take(Site site, Decision decision)
    {
        Cover(decision.At);
        foreach (var step in trail.Take(site, decision)) Take(site, step);
    }

    /// <summary>Takes in what was recorded. A reason that this program does not know shows as its code.</summary>
    public void Take(Site site, DecisionStep step) =>
        Take(step.Subject, new Step(step.At, step.Value, step.Code, Codes.TryGetValue(step.Code, out var code) ? Sentence(site, step.At, new Reason(code, step.Facts)) : step.Code));

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
        trail.Forget();
        foreach (var (subject, steps) in subjects.Values)
            if (steps[^1].IsDecided) Append(subject, new(at, double.NaN, "", ""));
    }

    private void Append(Subject subject, Step step)
    {
        if (!subjects.TryGetValue(subject.Name, out var known)) subjects[subject.Name] = known = (subject, []);
        known.Steps.Add(step);
    }

    private static string Sentence(Site site, DateTimeOffset at, Reason reason) => new Reader(Language.Fallback, site, at).Sentence(reason);
}
