namespace EnergyPilot.Io.Modbus;

/// <summary>
/// The times of a serial line, from its speed. A Modbus character always has 11 bits: start, 8 data, parity or a second stop, stop.
/// Source: MODBUS over Serial Line V1.02, 2.5.1.1: above 19 200 Bd the silences are fixed at 750 µs and 1.75 ms.
/// </summary>
/// <param name="BaudRate">Bits per second.</param>
public readonly record struct SerialLine(int BaudRate)
{
    private const int BitsPerCharacter = 11;
    private const int FastestCounted = 19_200;

    /// <summary>Time of one character on the line.</summary>
    public TimeSpan Character => Characters(1);

    /// <summary>t1.5: a longer gap inside a frame breaks it.</summary>
    public TimeSpan LongestGap => BaudRate > FastestCounted ? TimeSpan.FromMicroseconds(750) : Characters(1.5);

    /// <summary>t3.5: the silence that separates frames.</summary>
    public TimeSpan Silence => BaudRate > FastestCounted ? TimeSpan.FromMicroseconds(1750) : Characters(3.5);

    /// <summary>Time that a frame of so many bytes takes on the line.</summary>
    public TimeSpan Frame(int bytes) => Characters(bytes);

    private TimeSpan Characters(double count) => TimeSpan.FromSeconds(count * BitsPerCharacter / BaudRate);
}
