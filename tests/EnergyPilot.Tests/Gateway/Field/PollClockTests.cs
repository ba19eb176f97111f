using EnergyPilot.Core.Devices;
using EnergyPilot.Gateway.Field;

namespace EnergyPilot.Tests.Gateway.Field;

public sealed class PollClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 12, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Timer_that_comes_a_little_early_or_late_misses_no_beat()
    {
        var clock = new PollClock(TimeSpan.FromSeconds(10));
        double[] ticks = [0, 10.004, 19.997, 30.002, 39.991, 50.006];

        ticks.Count(t => clock.IsDue(PollClass.Fast, Start.AddSeconds(t))).ShouldBe(6);
    }

    [Fact]
    public void Slower_classes_keep_their_pace_on_a_faster_timer()
    {
        var clock = new PollClock(TimeSpan.FromSeconds(10));

        Enumerable.Range(0, 360).Count(i => clock.IsDue(PollClass.Normal, Start.AddSeconds(10 * i + i % 2 * 0.01))).ShouldBe(120);
    }

    [Fact]
    public void Missed_beats_are_not_made_up_for()
    {
        var clock = new PollClock(TimeSpan.FromSeconds(10));
        clock.IsDue(PollClass.Fast, Start).ShouldBeTrue();

        clock.IsDue(PollClass.Fast, Start.AddMinutes(5)).ShouldBeTrue();
        clock.IsDue(PollClass.Fast, Start.AddMinutes(5).AddSeconds(1)).ShouldBeFalse();
    }

    [Fact]
    public void Clock_that_was_set_back_does_not_silence_a_bus()
    {
        var clock = new PollClock(TimeSpan.FromSeconds(10));
        clock.IsDue(PollClass.Fast, Start).ShouldBeTrue();

        clock.IsDue(PollClass.Fast, Start.AddDays(-1)).ShouldBeTrue();
    }

    [Fact]
    public void Once_is_once()
    {
        var clock = new PollClock(TimeSpan.FromSeconds(10));

        Enumerable.Range(0, 100).Count(i => clock.IsDue(PollClass.Once, Start.AddHours(i))).ShouldBe(1);
    }
}
