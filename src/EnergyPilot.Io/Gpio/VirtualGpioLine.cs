namespace EnergyPilot.Io.Gpio;

/// <summary>One line in memory, as the kernel keeps it.</summary>
internal sealed class VirtualGpioLine(GpioPolarity polarity, GpioLevel? safe, TimeSpan debounce, GpioVoltage voltage)
{
    // As many as the kernel keeps; the oldest go first.
    private const int Kept = 1024;
    private static readonly TimeSpan Half = TimeSpan.FromMilliseconds(50);

    private readonly Queue<GpioEdge> edges = new();
    private GpioVoltage settled = voltage;
    private TimeSpan changedAt;
    private TimeSpan lastEdgeAt;
    private uint sequence;

    public GpioVoltage Voltage { get; private set; } = voltage;

    public GpioLevel? Safe => safe;

    public GpioLevel Level(TimeSpan now)
    {
        Settle(now);
        return Meaning(settled);
    }

    public void Set(GpioLevel level) => Voltage = settled = level == GpioLevel.Active == (polarity == GpioPolarity.ActiveHigh) ? GpioVoltage.High : GpioVoltage.Low;

    public void Drive(TimeSpan now, GpioVoltage to)
    {
        Settle(now);
        if (to == Voltage)
            return;
        Voltage = to;
        changedAt = now;
        Settle(now);
    }

    public void Pulse(TimeSpan now, int pulses)
    {
        Settle(now);
        if (debounce > Half)
            return;
        var start = now - pulses * 2 * Half;
        if (start < lastEdgeAt + Half)
            start = lastEdgeAt + Half;
        for (var i = 0; i < pulses; i++)
        {
            Record(GpioLevel.Active, start + i * 2 * Half);
            Record(GpioLevel.Inactive, start + i * 2 * Half + Half);
        }
    }

    public int TakeEdges(TimeSpan now, Span<GpioEdge> into)
    {
        Settle(now);
        var taken = Math.Min(edges.Count, into.Length);
        for (var i = 0; i < taken; i++)
            into[i] = edges.Dequeue();
        return taken;
    }

    private void Settle(TimeSpan now)
    {
        if (Voltage == settled || now - changedAt < debounce)
            return;
        settled = Voltage;
        Record(Meaning(settled), changedAt + debounce);
    }

    private void Record(GpioLevel to, TimeSpan at)
    {
        if (edges.Count == Kept)
            edges.Dequeue();
        edges.Enqueue(new GpioEdge(to, at, ++sequence));
        lastEdgeAt = at;
    }

    private GpioLevel Meaning(GpioVoltage of) =>
        of == GpioVoltage.High == (polarity == GpioPolarity.ActiveHigh) ? GpioLevel.Active : GpioLevel.Inactive;
}
