namespace EnergyPilot.Io.MBus;

/// <summary>
/// The times of a line, from its speed. A character has 11 bits: start, 8 data, even parity, stop.
/// Source: EN 13757-2, 5.4 and 5.5: a meter answers within 330 bit times + 50 ms; 33 bit times of silence end a disturbed frame.
/// </summary>
/// <param name="BaudRate">Bits per second: 300, 2400 and 9600 are usual.</param>
/// <param name="Latency">What a converter adds between line and program, there and back.</param>
public readonly record struct MBusLine(int BaudRate, TimeSpan Latency)
{
    private const int BitsPerCharacter = 11;
    private const int AnswerBits = 330;
    private const int SilenceBits = 33;

    private static readonly TimeSpan AnswerMargin = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest time until a meter answers, or between two parts of its answer.</summary>
    public TimeSpan AnswerTime => Bits(AnswerBits) + AnswerMargin + Latency;

    /// <summary>The silence before a request.</summary>
    public TimeSpan Silence => Bits(SilenceBits);

    /// <summary>The time that so many bytes take on the line.</summary>
    public TimeSpan Frame(int bytes) => Bits(bytes * BitsPerCharacter);

    private TimeSpan Bits(int count) => TimeSpan.FromSeconds((double)count / BaudRate);
}
