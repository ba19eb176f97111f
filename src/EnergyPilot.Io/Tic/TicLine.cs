namespace EnergyPilot.Io.Tic;

/// <summary>The fields of a group's bytes; the separator before the checksum tells the mode.</summary>
internal readonly ref struct TicLine
{
    // The longest label is SMAXSN1-1.
    private const int LongestLabel = 9;
    private const byte Space = 0x20;
    private const byte Tab = 0x09;

    private TicLine(TicMode mode, bool isIntact, ReadOnlySpan<byte> label, ReadOnlySpan<byte> value)
    {
        (Mode, IsIntact) = (mode, isIntact);
        Label = label;
        Value = value;
    }

    public TicMode Mode { get; }

    /// <summary>Whether the checksum is right.</summary>
    public bool IsIntact { get; }

    public ReadOnlySpan<byte> Label { get; }

    public ReadOnlySpan<byte> Value { get; }

    public TicHorodate? Horodate { get; private init; }

    /// <summary>Reads what stands between LF and CR; false when it is no group. A space may be the checksum, so nothing is trimmed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out TicLine line)
    {
        line = default;
        if (text.Length < 4)
            return false;
        return text[^2] switch
        {
            Space => TryReadHistoric(text, out line),
            Tab => TryReadStandard(text, out line),
            _ => false,
        };
    }

    private static bool TryReadHistoric(ReadOnlySpan<byte> text, out TicLine line)
    {
        line = default;
        var summed = text[..^2];
        var end = summed.IndexOf(Space);
        if (end < 0 || !IsLabel(summed[..end]) || !IsPlain(summed))
            return false;
        line = new TicLine(TicMode.Historic, TicChecksum.Of(summed) == text[^1], summed[..end], summed[(end + 1)..]);
        return true;
    }

    private static bool TryReadStandard(ReadOnlySpan<byte> text, out TicLine line)
    {
        line = default;
        var summed = text[..^1];
        var fields = summed[..^1];
        var end = fields.IndexOf(Tab);
        if (end < 0 || !IsLabel(fields[..end]))
            return false;
        var value = fields[(end + 1)..];
        var middle = value.IndexOf(Tab);
        var horodate = middle < 0 ? default : value[..middle];
        value = value[(middle + 1)..];
        if (!IsPlain(horodate) || !IsPlain(value))
            return false;
        line = new TicLine(TicMode.Standard, TicChecksum.Of(summed) == text[^1], fields[..end], value)
        {
            Horodate = TicHorodate.TryParse(horodate, out var at) ? at : null,
        };
        return true;
    }

    private static bool IsLabel(ReadOnlySpan<byte> text)
    {
        if (text.Length is 0 or > LongestLabel)
            return false;
        foreach (var character in text)
            if (character is not (>= (byte)'A' and <= (byte)'Z' or >= (byte)'0' and <= (byte)'9' or (byte)'+' or (byte)'-'))
                return false;
        return true;
    }

    private static bool IsPlain(ReadOnlySpan<byte> text) => text.IndexOfAnyExceptInRange(Space, (byte)0x7E) < 0;
}
