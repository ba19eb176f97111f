namespace EnergyPilot.Io.MBus;

/// <summary>
/// What VIFEs say about a quantity; a record with any of these is not the plain quantity.
/// Source: EN 13757-3, combinable (orthogonal) VIFE table and its extension.
/// </summary>
[Flags]
public enum MBusModifiers
{
    /// <summary>The plain quantity.</summary>
    None = 0,

    /// <summary>About the lower limit.</summary>
    LowerLimit = 1 << 0,

    /// <summary>About the upper limit.</summary>
    UpperLimit = 1 << 1,

    /// <summary>How often a limit was exceeded.</summary>
    ExceedCount = 1 << 2,

    /// <summary>Value while a limit was exceeded.</summary>
    DuringExceed = 1 << 3,

    /// <summary>Date (and time) of the begin of it.</summary>
    BeginOf = 1 << 4,

    /// <summary>Date (and time) of the end of it.</summary>
    EndOf = 1 << 5,

    /// <summary>How long it lasted, s.</summary>
    DurationOf = 1 << 6,

    /// <summary>Of the first such event.</summary>
    First = 1 << 7,

    /// <summary>Of the last such event.</summary>
    Last = 1 << 8,

    /// <summary>Leakage.</summary>
    Leakage = 1 << 9,

    /// <summary>Overflow.</summary>
    Overflow = 1 << 10,

    /// <summary>A value of the future: the next due date.</summary>
    Future = 1 << 11,

    /// <summary>Only positive contributions are summed (import).</summary>
    PositiveOnly = 1 << 12,

    /// <summary>Only negative contributions are summed, as absolute values (export).</summary>
    NegativeOnly = 1 << 13,

    /// <summary>Absolute values of all contributions are summed.</summary>
    Absolute = 1 << 14,

    /// <summary>Difference between import and export.</summary>
    Net = 1 << 15,

    /// <summary>Not corrected to base conditions.</summary>
    Uncorrected = 1 << 16,

    /// <summary>At base conditions.</summary>
    BaseConditions = 1 << 17,

    /// <summary>Per pulse of an input.</summary>
    PerInputPulse = 1 << 18,

    /// <summary>Per pulse of an output.</summary>
    PerOutputPulse = 1 << 19,

    /// <summary>Per, or multiplied by, something else: the unit is only a part of the true one.</summary>
    Compound = 1 << 20,

    /// <summary>Average value.</summary>
    Average = 1 << 21,

    /// <summary>Of phase L1.</summary>
    Phase1 = 1 << 22,

    /// <summary>Of phase L2.</summary>
    Phase2 = 1 << 23,

    /// <summary>Of phase L3.</summary>
    Phase3 = 1 << 24,

    /// <summary>Of the neutral conductor.</summary>
    Neutral = 1 << 25,

    /// <summary>Of one quadrant of power.</summary>
    Quadrant = 1 << 26,

    /// <summary>A series of values in a compact form; <see cref="MBusRecord.Data"/> holds it as sent.</summary>
    Profile = 1 << 27,

    /// <summary>More that only the manufacturer knows: phases, tariffs.</summary>
    ManufacturerSpecific = 1 << 28,

    /// <summary>More that the standard reserves or that is newer than this table.</summary>
    Unknown = 1 << 29,
}
