using System.Runtime.InteropServices;

namespace EnergyPilot.Io.Gpio;

/// <summary>
/// A GPIO chip of the Linux kernel through its character device (ABI v2, kernel 5.10 or newer), one request per line.
/// The kernel debounces, stamps edges with CLOCK_MONOTONIC and numbers them, so nothing has to wait for an edge.
/// On disposal outputs are set to their safe level before their lines are released: the kernel would leave them as they are.
/// </summary>
public sealed class LinuxGpioBoard : IGpioBoard
{
    // The kernel keeps at most 16 events for each of 64 lines (GPIO_V2_LINES_MAX).
    private const uint EventBuffer = 1024;
    private const int EventsPerRead = 16;

    private readonly IGpioKernel kernel;
    private readonly string path;
    private readonly int chip;
    private readonly Dictionary<int, Line> lines = [];

    /// <summary>Opens a chip, for example /dev/gpiochip0; throws <see cref="GpioException"/>.</summary>
    public LinuxGpioBoard(string path)
        : this(path, new LinuxGpioKernel())
    {
    }

    internal LinuxGpioBoard(string path, IGpioKernel kernel)
    {
        this.kernel = kernel;
        this.path = path;
        chip = kernel.Open(path);
        if (chip < 0)
            throw Failed(Opening(-chip), -1, -chip, $"GPIO chip {path}");
    }

    /// <inheritdoc/>
    public void OpenInput(int line, GpioInput input)
    {
        var config = new GpioUapi.LineConfig
        {
            Flags = GpioUapi.Input | GpioUapi.EdgeRising | GpioUapi.EdgeFalling | Flag(input.Polarity) | Flag(input.Bias),
        };
        if (input.Debounce > TimeSpan.Zero)
        {
            config.AttributeCount = 1;
            config.Attribute.Id = GpioUapi.AttributeDebounce;
            config.Attribute.DebounceMicroseconds = (uint)input.Debounce.TotalMicroseconds;
            config.Attribute.Mask = 1;
        }

        Request(line, config, safe: null);
    }

    /// <inheritdoc/>
    public void OpenOutput(int line, GpioOutput output)
    {
        var config = new GpioUapi.LineConfig { Flags = GpioUapi.Output | Flag(output.Polarity), AttributeCount = 1 };
        config.Attribute.Id = GpioUapi.AttributeOutputValues;
        config.Attribute.Values = Bit(output.Safe);
        config.Attribute.Mask = 1;
        Request(line, config, output.Safe);
    }

    /// <inheritdoc/>
    public bool TryRead(int line, out GpioLevel level)
    {
        var values = new GpioUapi.LineValues { Mask = 1 };
        var done = kernel.Control(lines[line].File, GpioUapi.GetValues, Bytes(ref values)) >= 0;
        level = done && (values.Bits & 1) != 0 ? GpioLevel.Active : GpioLevel.Inactive;
        return done;
    }

    /// <inheritdoc/>
    public bool TryWrite(int line, GpioLevel level)
    {
        var values = new GpioUapi.LineValues { Bits = Bit(level), Mask = 1 };
        return kernel.Control(lines[line].File, GpioUapi.SetValues, Bytes(ref values)) >= 0;
    }

    /// <inheritdoc/>
    public int TakeEdges(int line, Span<GpioEdge> edges)
    {
        var file = lines[line].File;
        Span<GpioUapi.LineEvent> events = stackalloc GpioUapi.LineEvent[EventsPerRead];
        var taken = 0;
        while (taken < edges.Length)
        {
            var wanted = events[..Math.Min(EventsPerRead, edges.Length - taken)];
            var read = kernel.Read(file, MemoryMarshal.AsBytes(wanted)) / Marshal.SizeOf<GpioUapi.LineEvent>();
            if (read <= 0)
                break;
            foreach (var happened in wanted[..read])
                edges[taken++] = Edge(happened);
        }

        return taken;
    }

    /// <inheritdoc/>
    public void Release(int line)
    {
        if (!lines.TryGetValue(line, out var held)) return;
        if (held.Safe is { } safe) TryWrite(line, safe);
        kernel.Close(held.File);
        lines.Remove(line);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (number, line) in lines)
        {
            if (line.Safe is { } safe)
                TryWrite(number, safe);
            kernel.Close(line.File);
        }

        lines.Clear();
        kernel.Close(chip);
    }

    private readonly record struct Line(int File, GpioLevel? Safe);

    private void Request(int line, GpioUapi.LineConfig config, GpioLevel? safe)
    {
        var request = new GpioUapi.LineRequest
        {
            Offset = (uint)line,
            Consumer = BitConverter.ToUInt64("epilot\0\0"u8),
            Config = config,
            Lines = 1,
            EventBufferSize = safe is null ? EventBuffer : 0,
        };
        var result = kernel.Control(chip, GpioUapi.GetLine, Bytes(ref request));
        if (result < 0)
            throw Failed(Taking(-result), line, -result, $"GPIO line {line} of {path}");
        lines[line] = new Line(request.File, safe);
    }

    private static GpioException Failed(GpioFault fault, int line, int error, string what)
    {
        var system = Marshal.GetPInvokeErrorMessage(error);
        return new(fault, line, system, $"{what} cannot be opened: {system}.");
    }

    // errno.h, the same on every architecture that Raspberry Pi and its like have.
    private static GpioFault Opening(int error) => error switch
    {
        2 or 6 or 19 => GpioFault.ChipMissing,
        1 or 13 => GpioFault.ChipNotAllowed,
        _ => GpioFault.ChipBroken,
    };

    private static GpioFault Taking(int error) => error switch
    {
        16 => GpioFault.LineTaken,
        22 => GpioFault.LineMissing,
        _ => GpioFault.LineBroken,
    };

    private static GpioEdge Edge(GpioUapi.LineEvent happened) => new(
        happened.Id == GpioUapi.RisingEdge ? GpioLevel.Active : GpioLevel.Inactive,
        TimeSpan.FromTicks((long)(happened.TimestampNanoseconds / TimeSpan.NanosecondsPerTick)),
        happened.LineSequence);

    private static ulong Bit(GpioLevel level) => level == GpioLevel.Active ? 1ul : 0;

    private static ulong Flag(GpioPolarity polarity) => polarity == GpioPolarity.ActiveLow ? GpioUapi.ActiveLow : 0;

    private static ulong Flag(GpioBias bias) => bias switch
    {
        GpioBias.PullUp => GpioUapi.BiasPullUp,
        GpioBias.PullDown => GpioUapi.BiasPullDown,
        GpioBias.Disabled => GpioUapi.BiasDisabled,
        _ => 0,
    };

    private static Span<byte> Bytes<T>(ref T value)
        where T : unmanaged => MemoryMarshal.AsBytes(new Span<T>(ref value));
}
