using System.Collections.Immutable;
using EnergyPilot.Gateway.Recording;

namespace EnergyPilot.Gateway.Replaying;

/// <summary>A stretch of time in which two courses decide differently on one subject.</summary>
/// <param name="Was">What the one decided: mean over the stretch, reason of its beginning.</param>
/// <param name="WouldBe">What the other would.</param>
internal sealed record Difference(Subject Subject, DateTimeOffset From, DateTimeOffset To, Step Was, Step WouldBe)
{
    // Valves beat in half hours; their every stroke would be a line.
    private static readonly TimeSpan Beat = TimeSpan.FromMinutes(30);

    /// <summary>All differences of two courses, in order of time.</summary>
    public static ImmutableArray<Difference> Between(Course was, Course wouldBe) =>
    [
        .. was.Subjects.Concat(wouldBe.Subjects).DistinctBy(s => s.Name)
            .SelectMany(s => Of(s, Both.Of(was.Of(s.Name), wouldBe.Of(s.Name), End(was, wouldBe))))
            .OrderBy(d => d.From).ThenBy(d => d.Subject.Name, StringComparer.Ordinal),
    ];

    public static DateTimeOffset End(Course was, Course wouldBe) => was.Span.To > wouldBe.Span.To ? was.Span.To : wouldBe.Span.To;

    private static IEnumerable<Difference> Of(Subject subject, IEnumerable<Both> stretches)
    {
        List<Both> open = [];
        foreach (var both in stretches.Where(b => b.Differs(subject)))
        {
            if (open.Count > 0 && !Belongs(subject, open[^1], both))
            {
                yield return Whole(subject, open);
                open = [];
            }

            open.Add(both);
        }

        if (open.Count > 0) yield return Whole(subject, open);
    }

    // What people wish is told step by step; what loops and valves do, as a stretch.
    private static bool Belongs(Subject subject, Both before, Both next) => subject.ReasonCounts
        ? before.To == next.From && before.Was.Code == next.Was.Code && before.WouldBe.Code == next.WouldBe.Code && before.IsLike(next)
        : next.From - before.To <= Beat && before.Was.IsDecided == next.Was.IsDecided && before.WouldBe.IsDecided == next.WouldBe.IsDecided;

    private static Difference Whole(Subject subject, List<Both> parts)
    {
        var hours = parts.Sum(p => p.Hours);
        return new(
            subject, parts[0].From, parts[^1].To,
            parts[0].Was with { Value = parts.Sum(p => p.Was.Value * p.Hours) / hours },
            parts[0].WouldBe with { Value = parts.Sum(p => p.WouldBe.Value * p.Hours) / hours });
    }
}

/// <summary>A stretch of time in which neither of two courses changes.</summary>
internal readonly record struct Both(DateTimeOffset From, DateTimeOffset To, Step Was, Step WouldBe)
{
    private static readonly Step Undecided = new(DateTimeOffset.MinValue, double.NaN, "", "");

    public double Hours => (To - From).TotalHours;

    public bool Differs(Subject subject) =>
        Was.IsDecided != WouldBe.IsDecided
        || Was.IsDecided && (Math.Abs(Was.Value - WouldBe.Value) > subject.Differs || subject.ReasonCounts && Was.Code != WouldBe.Code);

    public bool IsLike(Both other) => Was.Value.Equals(other.Was.Value) && WouldBe.Value.Equals(other.WouldBe.Value);

    /// <summary>Two lists of steps side by side, up to an end.</summary>
    public static IEnumerable<Both> Of(IReadOnlyList<Step> was, IReadOnlyList<Step> wouldBe, DateTimeOffset end)
    {
        var (a, b, one, other, from) = (0, 0, Undecided, Undecided, DateTimeOffset.MinValue);
        while (a < was.Count || b < wouldBe.Count)
        {
            var next = a == was.Count || b < wouldBe.Count && wouldBe[b].At < was[a].At ? wouldBe[b].At : was[a].At;
            if (next > from && (one.IsDecided || other.IsDecided)) yield return new(from, next, one, other);
            while (a < was.Count && was[a].At <= next) one = was[a++];
            while (b < wouldBe.Count && wouldBe[b].At <= next) other = wouldBe[b++];
            from = next;
        }

        if (end > from && (one.IsDecided || other.IsDecided)) yield return new(from, end, one, other);
    }
}
