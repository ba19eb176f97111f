using System.Collections.Immutable;
using EnergyPilot.Core.Control;

namespace EnergyPilot.Gateway.Recording;

/// <summary>Reads what a <see cref="DecisionEncoder"/> wrote, batch by batch.</summary>
internal sealed class DecisionDecoder
{
    private readonly List<(Subject Subject, long Value)> subjects = [];
    private readonly List<(string Code, ImmutableArray<(FactKind Kind, string Name)> Facts)> shapes = [];
    private long at;

    /// <summary>Whether something did not make sense; what was read before it holds.</summary>
    public bool IsBroken { get; private set; }

    public IEnumerable<DecisionStep> Read(byte[] batch)
    {
        var bytes = new ByteSource(batch);
        while (bytes.Left > 0 && !IsBroken)
        {
            var step = Step(bytes);
            IsBroken |= bytes.IsBroken;
            if (!IsBroken) yield return step;
        }
    }

    private DecisionStep Step(ByteSource bytes)
    {
        at = unchecked(at + bytes.Signed());
        if (at < 0 || at > DateTimeOffset.MaxValue.UtcTicks) bytes.Broken<int>();
        var subject = Subject(bytes);
        var shape = Shape(bytes);
        if (bytes.IsBroken) return default;
        var (known, before) = subjects[subject];
        var value = unchecked(before + bytes.Signed());
        subjects[subject] = (known, value);
        var time = new DateTimeOffset(at, TimeSpan.Zero);
        var facts = ImmutableArray.CreateBuilder<Fact>(shapes[shape].Facts.Length);
        foreach (var (kind, name) in shapes[shape].Facts)
            facts.Add(kind == FactKind.Text ? new Fact(name, kind, 0, bytes.Text()) : new Fact(name, kind, DecisionNumber.Value(bytes.Signed(), kind, time), ""));
        return new DecisionStep(time, known, DecisionNumber.Value(value), shapes[shape].Code, facts.MoveToImmutable());
    }

    private int Subject(ByteSource bytes)
    {
        var index = bytes.Number();
        if (index > (ulong)subjects.Count) return bytes.Broken<int>();
        if (index < (ulong)subjects.Count) return (int)index;
        var (name, aspect) = (bytes.Text(), (Aspect)bytes.Byte());
        if (!Enum.IsDefined(aspect) || bytes.IsBroken) return bytes.Broken<int>();
        subjects.Add((new Subject(name, aspect), 0));
        return (int)index;
    }

    private int Shape(ByteSource bytes)
    {
        var index = bytes.Number();
        if (index > (ulong)shapes.Count) return bytes.Broken<int>();
        if (index < (ulong)shapes.Count) return (int)index;
        var (code, facts) = (bytes.Text(), ImmutableArray.CreateBuilder<(FactKind, string)>());
        for (var n = bytes.Count(); n > 0 && !bytes.IsBroken; n--)
        {
            var kind = (FactKind)bytes.Byte();
            if (!Enum.IsDefined(kind)) bytes.Broken<int>();
            facts.Add((kind, bytes.Text()));
        }

        if (bytes.IsBroken) return 0;
        shapes.Add((code, facts.ToImmutable()));
        return (int)index;
    }
}
