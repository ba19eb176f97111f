using EnergyPilot.Io.Gpio;
using FsCheck;
using FsCheck.Fluent;

namespace EnergyPilot.Tests.Io.Gpio;

public sealed class PulseCounterTests
{
    private static readonly TimeSpan LeastWidth = TimeSpan.FromMilliseconds(30);

    [Fact]
    public void Counting_goes_on_from_the_stored_count() => Counted(41, Pulse(1, 0, 30)).Count.ShouldBe(42);

    [Fact]
    public void Pulse_shorter_than_the_least_width_is_rejected()
    {
        var counter = Counted(0, [.. Pulse(1, 0, 29.9), .. Pulse(3, 100, 30)]);

        counter.Count.ShouldBe(1);
        counter.Rejected.ShouldBe(1);
    }

    [Fact]
    public void Pulse_counts_when_it_has_ended()
    {
        var counter = new PulseCounter(0, LeastWidth);
        counter.Add(Pulse(1, 0, 50).AsSpan(0, 1));
        counter.Count.ShouldBe(0);

        counter.Add(Pulse(1, 0, 50).AsSpan(1));

        counter.Count.ShouldBe(1);
    }

    [Fact]
    public void Contact_that_was_closed_at_the_start_counts_nothing() =>
        Counted(7, new GpioEdge(GpioLevel.Inactive, TimeSpan.Zero, 1)).Count.ShouldBe(7);

    [Fact]
    public void Line_that_was_opened_anew_is_no_loss()
    {
        var counter = Counted(0, [.. Pulse(1, 0, 50), .. Pulse(3, 100, 50), .. Pulse(1, 500, 50)]);

        counter.Count.ShouldBe(3);
        counter.Lost.ShouldBe(0);
    }

    [Fact]
    public void Numbering_may_wrap_around()
    {
        var counter = Counted(0, [.. Pulse(1, 0, 50)]);
        var near = uint.MaxValue;
        var wrapping = new PulseCounter(0, LeastWidth);
        wrapping.Add([new(GpioLevel.Inactive, TimeSpan.Zero, near - 1), .. Pulse(near, 100, 50), .. Pulse(1, 300, 50)]);

        counter.Count.ShouldBe(1);
        wrapping.Count.ShouldBe(2);
        wrapping.Lost.ShouldBe(0);
    }

    [Fact]
    public void Lost_records_cost_no_pulse() =>
        Prop.ForAll(Gen.Choose(1, 60).Two().ToArbitrary(), Gen.Choose(0, 119).ToArbitrary(), (counts, from) =>
        {
            var (pulses, lose) = counts;
            var all = Enumerable.Range(0, pulses).SelectMany(n => Pulse((uint)(2 * n + 1), 100 * n, 50)).ToArray();
            var start = Math.Min(from, all.Length - 1);
            // The end of the record is never lost: the kernel drops the oldest.
            var kept = all.Where((_, n) => n < start || n >= start + lose || n == all.Length - 1).ToArray();
            var counter = Counted(0, kept);
            return counter.Count == pulses && counter.Lost <= lose / 2 + 1 && (kept.Length == all.Length) == (counter.Lost == 0);
        }).QuickCheckThrowOnFailure();

    private static PulseCounter Counted(long stored, params GpioEdge[] edges)
    {
        var counter = new PulseCounter(stored, LeastWidth);
        counter.Add(edges);
        return counter;
    }

    private static GpioEdge[] Pulse(uint sequence, double atMilliseconds, double width) =>
    [
        new(GpioLevel.Active, TimeSpan.FromMilliseconds(atMilliseconds), sequence),
        new(GpioLevel.Inactive, TimeSpan.FromMilliseconds(atMilliseconds + width), unchecked(sequence + 1)),
    ];
}
