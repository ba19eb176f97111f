using EnergyPilot.Core.Points;

namespace EnergyPilot.Gateway.Recording;

/// <summary>What was last recorded of a point: the same on the writing and on the reading side.</summary>
internal sealed class PointState(PointId id)
{
    public PointId Id => id;

    public Reading Reading { get; set; }

    public int Form { get; set; } = 2;

    public long Whole { get; set; }

    /// <summary>Whether the last snapshot had it.</summary>
    public bool IsThere { get; set; }
}

/// <summary>What a cycle says of a point, one byte: what changed, hence what follows.</summary>
[Flags]
internal enum PointChange : byte
{
    None = 0,

    /// <summary>Seen at the same instant as the point before it that was seen: devices are read as a whole.</summary>
    SeenWithLast = 1,

    /// <summary>Seen at an instant of its own.</summary>
    Seen = 2,
    Value = 4,
    Form = 8,
    Reliability = 16,
    Gone = 32,
    Back = 64,
}
