namespace EnergyPilot.Io.MBus;

/// <summary>Codings of values and their lengths. Source: EN 13757-3, data field of the DIF and LVAR.</summary>
internal static class MBusCodings
{
    public const int NoData = 0x0;
    public const int Int32 = 0x4;
    public const int Real32 = 0x5;
    public const int Int48 = 0x6;
    public const int Int64 = 0x7;
    public const int Readout = 0x8;
    public const int FirstBcd = 0x9;
    public const int Variable = 0xD;
    public const int Bcd12 = 0xE;

    // LVAR: up to BFh a text of that length; then BCD, negative BCD, and binary numbers.
    public const int FirstPositiveBcd = 0xC0;
    public const int FirstNegativeBcd = 0xD0;
    public const int FirstBinary = 0xE0;
    public const int FirstLongBinary = 0xF0;
    private const int LongestBcd = 9;

    /// <summary>Bytes of a value of fixed length.</summary>
    public static int Length(int coding) => coding switch
    {
        NoData or Readout => 0,
        <= Int32 => coding,
        Real32 => 4,
        Int48 => 6,
        Int64 => 8,
        < Variable => coding - FirstBcd + 1,
        _ => 6,
    };

    /// <summary>Bytes behind an LVAR; −1 for those that the standard reserves.</summary>
    public static int VariableLength(int lvar) => lvar switch
    {
        < FirstPositiveBcd => lvar,
        <= FirstPositiveBcd + LongestBcd => lvar - FirstPositiveBcd,
        >= FirstNegativeBcd and <= FirstNegativeBcd + LongestBcd => lvar - FirstNegativeBcd,
        >= FirstBinary and < FirstLongBinary => lvar - FirstBinary,
        >= FirstLongBinary and <= 0xF4 => 4 * (lvar - 0xEC),
        0xF5 => 48,
        0xF6 => 64,
        _ => -1,
    };
}
