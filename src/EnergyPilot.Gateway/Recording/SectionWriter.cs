using EnergyPilot.Gateway.Running;

namespace EnergyPilot.Gateway.Recording;

/// <summary>The frames of a section in the making: its cycles, and what was decided in them.</summary>
internal sealed class SectionWriter
{
    private readonly CycleEncoder cycles = new();
    private readonly DecisionEncoder decisions = new();

    public int Size => cycles.Size + decisions.Size;

    public void Append(CycleRecord record)
    {
        cycles.Append(record.Snapshot, DecisionHash.Of(record.Decision));
        decisions.Append(record.Site, record.Decision);
    }

    /// <summary>Everything since the last time, to be written at once; empty when there was no cycle.</summary>
    public byte[] Take()
    {
        if (cycles.Cycles == 0) return [];

        // Decisions first: where a power cut tears the writing, no cycle stands there whose decisions are lost.
        return [.. decisions.Size > 0 ? DayFile.Pack(FrameKind.Decisions, decisions.Take()) : [], .. DayFile.Pack(FrameKind.Cycles, cycles.Take())];
    }
}
