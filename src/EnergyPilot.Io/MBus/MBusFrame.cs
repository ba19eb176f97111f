namespace EnergyPilot.Io.MBus;

/// <summary>
/// A frame of the link layer. Source: EN 13757-2, frame format class FT 1.2 (IEC 60870-5-1).
/// </summary>
/// <param name="kind">Its format.</param>
/// <param name="control">C field: who asks what; see <see cref="MBusControl"/>.</param>
/// <param name="address">A field: 0..250 a meter, 253 the selected one, 254 and 255 all.</param>
/// <param name="application">CI field and data; empty in short frames.</param>
public readonly ref struct MBusFrame(MBusFrameKind kind, byte control, byte address, ReadOnlySpan<byte> application)
{
    /// <summary>CI field and data of the longest frame.</summary>
    public const int MaxApplication = 253;

    /// <summary>The longest frame, all bytes.</summary>
    public const int MaxLength = 261;

    internal const byte AcknowledgeByte = 0xE5;
    internal const byte ShortStart = 0x10;
    internal const byte LongStart = 0x68;
    internal const byte StopByte = 0x16;
    internal const int ShortLength = 5;
    internal const int LongOverhead = 6;

    /// <summary>Its format.</summary>
    public MBusFrameKind Kind { get; } = kind;

    /// <summary>C field.</summary>
    public byte Control { get; } = control;

    /// <summary>A field.</summary>
    public byte Address { get; } = address;

    /// <summary>CI field and data.</summary>
    public ReadOnlySpan<byte> Application { get; } = application;

    /// <summary>Writes a short frame of five bytes.</summary>
    public static int WriteShort(byte control, byte address, Span<byte> to)
    {
        to[0] = ShortStart;
        to[1] = control;
        to[2] = address;
        to[3] = Sum(to[1..3]);
        to[4] = StopByte;
        return ShortLength;
    }

    /// <summary>Writes a control or long frame around 1 to 253 bytes of CI field and data.</summary>
    public static int WriteLong(byte control, byte address, ReadOnlySpan<byte> application, Span<byte> to)
    {
        ArgumentOutOfRangeException.ThrowIfZero(application.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(application.Length, MaxApplication);
        var length = application.Length + 2;
        application.CopyTo(to[6..]);
        to[0] = to[3] = LongStart;
        to[1] = to[2] = (byte)length;
        to[4] = control;
        to[5] = address;
        to[length + 4] = Sum(to.Slice(4, length));
        to[length + 5] = StopByte;
        return length + LongOverhead;
    }

    internal static byte Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0;
        foreach (var b in bytes)
            sum += b;
        return (byte)sum;
    }
}
