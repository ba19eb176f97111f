namespace EnergyPilot.Io.MBus;

/// <summary>The order of the bytes of numbers. Source: EN 13757-3, modes 1 and 2.</summary>
internal enum MBusByteOrder
{
    /// <summary>Least significant byte first: nearly every meter.</summary>
    LeastFirst,

    /// <summary>Most significant byte first (bit 2 of the CI field).</summary>
    MostFirst,
}
