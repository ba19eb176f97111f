namespace EnergyPilot.Io.MBus;

/// <summary>How a virtual meter sends a value.</summary>
public enum MBusCoding
{
    /// <summary>8 bits, signed.</summary>
    OneByte = 0x1,

    /// <summary>16 bits, signed.</summary>
    TwoBytes = 0x2,

    /// <summary>24 bits, signed.</summary>
    ThreeBytes = 0x3,

    /// <summary>32 bits, signed.</summary>
    FourBytes = 0x4,

    /// <summary>IEEE 754, 32 bits.</summary>
    Real = 0x5,

    /// <summary>48 bits, signed.</summary>
    SixBytes = 0x6,

    /// <summary>64 bits, signed.</summary>
    EightBytes = 0x7,

    /// <summary>Two digits.</summary>
    Bcd2 = 0x9,

    /// <summary>Four digits.</summary>
    Bcd4 = 0xA,

    /// <summary>Six digits.</summary>
    Bcd6 = 0xB,

    /// <summary>Eight digits.</summary>
    Bcd8 = 0xC,

    /// <summary>Text of up to 191 letters (ISO 8859-1).</summary>
    Text = 0xD,

    /// <summary>Twelve digits.</summary>
    Bcd12 = 0xE,

    /// <summary>Date (type G).</summary>
    Date = 0x102,

    /// <summary>Date and time to the minute (type F).</summary>
    DateTime = 0x104,

    /// <summary>Date and time to the second (type I).</summary>
    DateTimeSecond = 0x106,
}
