using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Gateway.Recording;

/// <summary>
/// Turns what was decided into bytes: only changes (<see cref="DecisionTrail"/>), each with its reason and the reason's facts, so that
/// another build can tell what would differ, and why it was so. Names are written once and are numbers from then on.
/// </summary>
internal sealed class DecisionEncoder
{
    private readonly DecisionTrail trail = new();
    private readonly ByteSink bytes = new();
    private readonly Dictionary<string, (int Index, long Value)> subjects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> shapes = new(StringComparer.Ordinal);
    private long at;

    public int Size => bytes.Count;

    public void Append(Site site, Decision decision)
    {
        foreach (var step in trail.Take(site, decision)) Append(step);
    }

    /// <summary>Everything since the last time; the next begins empty.</summary>
    public byte[] Take()
    {
        var batch = bytes.Written.ToArray();
        bytes.Clear();
        return batch;
    }

    private void Append(DecisionStep step)
    {
        bytes.Signed(step.At.UtcTicks - at);
        at = step.At.UtcTicks;
        var (index, before) = Subject(step.Subject);
        Shape(step);
        var value = DecisionNumber.Whole(step.Value);
        bytes.Signed(unchecked(value - before));
        subjects[step.Subject.Name] = (index, value);
        foreach (var fact in step.Facts)
            if (fact.Kind == FactKind.Text) bytes.Text(fact.Text);
            else bytes.Signed(DecisionNumber.Whole(fact, step.At));
    }

    private (int Index, long Value) Subject(Subject subject)
    {
        if (subjects.TryGetValue(subject.Name, out var known))
        {
            bytes.Number((ulong)known.Index);
            return known;
        }

        bytes.Number((ulong)subjects.Count);
        bytes.Text(subject.Name);
        bytes.Byte((byte)subject.Aspect);
        return (subjects.Count, 0);
    }

    // A code with the names and kinds of its facts.
    private void Shape(DecisionStep step)
    {
        var key = string.Join('\n', step.Facts.Select(f => $"{f.Kind}{f.Name}").Prepend(step.Code));
        if (shapes.TryGetValue(key, out var index))
        {
            bytes.Number((ulong)index);
            return;
        }

        bytes.Number((ulong)shapes.Count);
        shapes[key] = shapes.Count;
        bytes.Text(step.Code);
        bytes.Number((ulong)step.Facts.Length);
        foreach (var fact in step.Facts)
        {
            bytes.Byte((byte)fact.Kind);
            bytes.Text(fact.Name);
        }
    }
}
