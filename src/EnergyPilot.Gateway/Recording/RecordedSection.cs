namespace EnergyPilot.Gateway.Recording;

/// <summary>A stretch of cycles without a gap.</summary>
internal sealed class RecordedSection(SectionHeader header)
{
    private readonly List<ReadOnlyMemory<byte>> cycles = [], decisions = [];

    public SectionHeader Header => header;

    /// <summary>Unpacked as they are asked for: a day at once would not fit into a gateway.</summary>
    public IEnumerable<RecordedCycle> Cycles
    {
        get
        {
            var decoder = new CycleDecoder();
            foreach (var batch in Unpacked(cycles))
            {
                foreach (var cycle in decoder.Read(batch)) yield return cycle;
                if (decoder.IsBroken) yield break;
            }
        }
    }

    /// <summary>Whether it says what was decided, and not only its fingerprint, as older versions recorded it.</summary>
    public bool HasDecisions => decisions.Count > 0;

    /// <summary>What was decided, where it changed; perhaps beyond the last cycle that could be read.</summary>
    public IEnumerable<DecisionStep> Decisions
    {
        get
        {
            var decoder = new DecisionDecoder();
            return Unpacked(decisions).SelectMany(decoder.Read);
        }
    }

    /// <summary>Takes in its next frame; of a kind that nobody knows, nothing.</summary>
    public void Add(FrameKind kind, ReadOnlyMemory<byte> frame)
    {
        if (kind == FrameKind.Cycles) cycles.Add(frame);
        else if (kind == FrameKind.Decisions) decisions.Add(frame);
    }

    private static IEnumerable<byte[]> Unpacked(List<ReadOnlyMemory<byte>> frames)
    {
        foreach (var frame in frames)
        {
            if (!DayFile.TryUnpack(frame.Span, out var batch)) yield break;
            yield return batch;
        }
    }
}
