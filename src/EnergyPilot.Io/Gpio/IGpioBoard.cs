namespace EnergyPilot.Io.Gpio;

/// <summary>
/// The digital inputs and outputs of one chip, by line number. Opening throws <see cref="GpioException"/> (no such line, already in use):
/// that is a mistake of installation. Reading and writing tell trouble by their result, for a chip behind an I2C bus can fail at any time.
/// One thread at a time.
/// </summary>
public interface IGpioBoard : IDisposable
{
    /// <summary>Takes a line as input and begins to record its edges.</summary>
    void OpenInput(int line, GpioInput input);

    /// <summary>Takes a line as output, at its safe level from the first instant.</summary>
    void OpenOutput(int line, GpioOutput output);

    /// <summary>Gives an open line back: an output goes to its safe level first. Nothing happens to a line that is not open.</summary>
    void Release(int line);

    /// <summary>The level of an open line now; of an output, the level that it was set to.</summary>
    bool TryRead(int line, out GpioLevel level);

    /// <summary>Sets an open output.</summary>
    bool TryWrite(int line, GpioLevel level);

    /// <summary>
    /// Takes recorded edges of an input, oldest first, without waiting; returns how many. When the record was full the oldest are lost,
    /// which their <see cref="GpioEdge.Sequence"/> shows. About a thousand are kept: half a minute of the fastest S0 meter.
    /// </summary>
    int TakeEdges(int line, Span<GpioEdge> edges);
}
