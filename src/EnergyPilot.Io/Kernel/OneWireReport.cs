using System.Buffers.Text;
using System.Globalization;

namespace EnergyPilot.Io.Kernel;

/// <summary>
/// The two lines of a <c>w1_slave</c> file of the driver w1_therm: the nine bytes of the chip's scratchpad with the verdict on their
/// checksum, then the same bytes with the temperature in m°C. <c>50 05 4b 46 7f ff 0c 10 1c : crc=1c YES</c>,
/// <c>50 05 4b 46 7f ff 0c 10 1c t=85000</c>.
/// </summary>
public static class OneWireReport
{
    /// <summary>Room for any report, in bytes.</summary>
    public const int Longest = 128;

    private const int Bytes = 9, Checked = Bytes - 1;

    // DS18B20 data sheet: the scratchpad holds +85 °C after power-on. Byte 6 is then 0Ch; after a conversion it is 10h less the
    // fraction, hence 10h at a real 85.0 °C (the kernel's own check, Documentation/w1/slaves/w1_therm.rst, "features").
    private const int PowerOnMilliCelsius = 85_000, PowerOnByte = 6;
    private const byte PowerOnMark = 0x0C;

    /// <summary>The temperature [m°C], or why there is none.</summary>
    public static SensorValue Read(ReadOnlySpan<byte> text)
    {
        Span<byte> chip = stackalloc byte[Bytes];
        var end = text.IndexOf((byte)'\n');
        if (end < 0 || !TryReadBytes(text[..end], chip))
            return SensorValue.Failed(SensorFault.NotANumber);

        // A damaged first line has a second one all the same: with the bytes of the last good reading.
        if (!text[..end].TrimEnd((byte)' ').EndsWith(" YES"u8) || Checksum(chip[..Checked]) != chip[Checked])
            return SensorValue.Failed(SensorFault.BadChecksum);

        // A line that is held low reads as zeros, whose checksum is zero. A real 0 °C has a configuration register that is not.
        if (!chip.ContainsAnyExcept((byte)0))
            return SensorValue.Failed(SensorFault.AllZero);
        if (!TryReadTemperature(text[(end + 1)..], out var milliCelsius))
            return SensorValue.Failed(SensorFault.NotANumber);
        return milliCelsius == PowerOnMilliCelsius && chip[PowerOnByte] == PowerOnMark
            ? SensorValue.Failed(SensorFault.PowerOnValue)
            : new SensorValue(milliCelsius, SensorFault.None);
    }

    /// <summary>The report of a DS18B20 at 12 bits that has measured this temperature, to the nearest of its steps of 1/16 °C; returns its length.</summary>
    /// <param name="milliCelsius">Between -55 000 and 125 000.</param>
    /// <param name="text">Room for <see cref="Longest"/> bytes.</param>
    public static int Write(double milliCelsius, Span<byte> text)
    {
        var steps = (short)Math.Round(milliCelsius / 62.5);
        return Write([(byte)steps, (byte)(steps >> 8), 0x4B, 0x46, 0x7F, 0xFF, (byte)(0x10 - (steps & 0xF)), 0x10, 0], steps, text);
    }

    /// <summary>The report of a DS18B20 that has power and has not measured yet.</summary>
    public static int WritePowerOn(Span<byte> text) =>
        Write([0x50, 0x05, 0x4B, 0x46, 0x7F, 0xFF, PowerOnMark, 0x10, 0], 0x550, text);

    private static int Write(Span<byte> chip, int steps, Span<byte> text)
    {
        chip[Checked] = Checksum(chip[..Checked]);
        var at = WriteBytes(chip, text);
        ": crc="u8.CopyTo(text[at..]);
        at += 6;
        chip[Checked].TryFormat(text[at..], out var more, "x2", CultureInfo.InvariantCulture);
        at += more;
        " YES\n"u8.CopyTo(text[at..]);
        at += 5;
        at += WriteBytes(chip, text[at..]);
        "t="u8.CopyTo(text[at..]);
        at += 2;
        (steps * 1000 / 16).TryFormat(text[at..], out more, provider: CultureInfo.InvariantCulture);
        at += more;
        text[at++] = (byte)'\n';
        return at;
    }

    private static int WriteBytes(ReadOnlySpan<byte> chip, Span<byte> text)
    {
        for (var i = 0; i < chip.Length; i++)
        {
            chip[i].TryFormat(text[(3 * i)..], out _, "x2", CultureInfo.InvariantCulture);
            text[3 * i + 2] = (byte)' ';
        }

        return 3 * chip.Length;
    }

    private static bool TryReadBytes(ReadOnlySpan<byte> line, Span<byte> chip)
    {
        for (var i = 0; i < chip.Length; i++)
        {
            if (line.Length < 3 || line[2] != ' ' || !Utf8Parser.TryParse(line[..2], out chip[i], out var used, 'x') || used != 2)
                return false;
            line = line[3..];
        }

        return line.StartsWith(": crc="u8);
    }

    private static bool TryReadTemperature(ReadOnlySpan<byte> line, out int milliCelsius)
    {
        milliCelsius = 0;
        var at = line.LastIndexOf("t="u8);
        var number = at < 0 ? default : line[(at + 2)..].TrimEnd("\n\0 "u8);
        return Utf8Parser.TryParse(number, out milliCelsius, out var used) && used == number.Length && used > 0;
    }

    // CRC-8 of the 1-Wire: x^8 + x^5 + x^4 + 1, least significant bit first (Maxim application note 27).
    private static byte Checksum(ReadOnlySpan<byte> bytes)
    {
        byte sum = 0;
        foreach (var value in bytes)
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++)
                sum = (byte)((sum & 1) != 0 ? sum >> 1 ^ 0x8C : sum >> 1);
        }

        return sum;
    }
}
