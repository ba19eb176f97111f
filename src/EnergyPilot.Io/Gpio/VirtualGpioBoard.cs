namespace EnergyPilot.Io.Gpio;

/// <summary>
/// A board in memory. One side is <see cref="IGpioBoard"/>; the other drives the voltages of inputs, sees those of outputs, and can break lines.
/// Polarity, bias, debounce, numbering and the limited record of edges behave as in the kernel, so that wrong wiring shows.
/// </summary>
/// <param name="count">Number of lines.</param>
/// <param name="time">Clock of debouncing and of the edges.</param>
public sealed class VirtualGpioBoard(int count, TimeProvider time) : IGpioBoard
{
    private readonly Dictionary<int, VirtualGpioLine> lines = [];
    private readonly Dictionary<int, GpioVoltage> driven = [];
    private readonly HashSet<int> broken = [];

    private TimeSpan Now => time.GetElapsedTime(0, time.GetTimestamp());

    /// <inheritdoc/>
    public void OpenInput(int line, GpioInput input)
    {
        RequireFree(line);
        var voltage = driven.TryGetValue(line, out var outside) ? outside
            : input.Bias == GpioBias.PullUp ? GpioVoltage.High : GpioVoltage.Low;
        lines[line] = new VirtualGpioLine(input.Polarity, safe: null, input.Debounce, voltage);
    }

    /// <inheritdoc/>
    public void OpenOutput(int line, GpioOutput output)
    {
        RequireFree(line);
        lines[line] = new VirtualGpioLine(output.Polarity, output.Safe, TimeSpan.Zero, GpioVoltage.Low);
        lines[line].Set(output.Safe);
    }

    /// <inheritdoc/>
    public bool TryRead(int line, out GpioLevel level)
    {
        level = lines[line].Level(Now);
        return !broken.Contains(line);
    }

    /// <inheritdoc/>
    public bool TryWrite(int line, GpioLevel level)
    {
        if (lines[line].Safe is null || broken.Contains(line))
            return false;
        lines[line].Set(level);
        return true;
    }

    /// <inheritdoc/>
    public int TakeEdges(int line, Span<GpioEdge> edges) => lines[line].TakeEdges(Now, edges);

    /// <inheritdoc/>
    public void Release(int line)
    {
        if (lines.Remove(line, out var held) && held.Safe is { } safe)
            held.Set(safe);
    }

    /// <summary>What a voltmeter shows on an open line.</summary>
    public GpioVoltage Voltage(int line) => lines[line].Voltage;

    /// <summary>Puts a voltage on an input, as a contact or a meter does; before opening, it is what the line will find.</summary>
    public void Drive(int line, GpioVoltage voltage)
    {
        driven[line] = voltage;
        if (lines.TryGetValue(line, out var open) && open.Safe is null)
            open.Drive(Now, voltage);
    }

    /// <summary>Whole pulses of 50 ms with pauses of 50 ms, the last of them just over: for simulations that take long steps.</summary>
    public void Pulse(int line, int pulses) => lines[line].Pulse(Now, pulses);

    /// <summary>Reading and writing the line fail from now on.</summary>
    public void Break(int line) => broken.Add(line);

    /// <summary>The line works again.</summary>
    public void Repair(int line) => broken.Remove(line);

    /// <summary>Outputs go to their safe level, as they do on a real board.</summary>
    public void Dispose()
    {
        foreach (var line in lines.Values)
            if (line.Safe is { } safe)
                line.Set(safe);
    }

    private void RequireFree(int line)
    {
        if (line < 0 || line >= count)
            throw new GpioException(GpioFault.LineMissing, line, "", $"GPIO line {line} does not exist: the board has {count}.");
        if (lines.ContainsKey(line))
            throw new GpioException(GpioFault.LineTaken, line, "", $"GPIO line {line} is in use.");
    }
}
