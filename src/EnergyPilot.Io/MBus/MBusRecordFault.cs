namespace EnergyPilot.Io.MBus;

/// <summary>Why a record's value is missing or must not be used. Codes of the meter: EN 13757-3, record errors (VIFE 00h..1Fh).</summary>
public enum MBusRecordFault
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>The record is cut off, or its lengths cannot be; nothing after it was read.</summary>
    Malformed,

    /// <summary>The value is marked invalid by its own coding: a date that is none, hexadecimal digits in a BCD number, −2ⁿ⁻¹, NaN.</summary>
    Invalid,

    /// <summary>The coding does not fit the quantity.</summary>
    Mismatch,

    /// <summary>The meter says: that is not implemented (codes 01h..0Fh).</summary>
    NotImplemented,

    /// <summary>The meter says: no data available (15h).</summary>
    NoData,

    /// <summary>The meter says: overflow (16h).</summary>
    Overflow,

    /// <summary>The meter says: underflow (17h).</summary>
    Underflow,

    /// <summary>The meter says: error in the data (18h).</summary>
    DataError,

    /// <summary>The meter says: premature end of record (1Ch).</summary>
    PrematureEnd,

    /// <summary>A modification that changes the value in a way that is not supported (additive correction, non-metric units).</summary>
    Unsupported,
}
