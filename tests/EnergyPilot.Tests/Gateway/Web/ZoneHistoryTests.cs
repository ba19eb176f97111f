using EnergyPilot.Gateway.Web;
using EnergyPilot.Gateway.Web.Zones;

namespace EnergyPilot.Tests.Gateway.Web;

public sealed class ZoneHistoryTests
{
    private static readonly long[] Times = [.. Enumerable.Range(0, 5).Select(i => i * 300L)];
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    [Fact]
    public void Samples_within_a_step_are_averaged() =>
        Line(TimeSpan.FromHours(1), (10, 18), (20, 20), (310, 21)).ShouldBe([19, 21, 21, 21, 21]);

    [Fact]
    public void Nothing_is_invented_before_the_first_sample() =>
        Line(TimeSpan.FromHours(1), (650, 18)).ShouldBe([null, null, 18, 18, 18]);

    [Fact]
    public void Silence_beyond_patience_is_a_gap() =>
        Line(TimeSpan.FromMinutes(7), (10, 18)).ShouldBe([18, 18, null, null, null]);

    [Fact]
    public void Value_from_before_the_window_is_carried_into_it() =>
        Line(TimeSpan.FromHours(1), (-100, 16), (900, 19)).ShouldBe([16, 16, 16, 19, 19]);

    [Fact]
    public void Not_a_number_ends_a_line() =>
        Line(TimeSpan.FromHours(1), (10, 18), (310, double.NaN)).ShouldBe([18, null, null, null, null]);

    private static double?[] Line(TimeSpan patience, params (long At, double Value)[] samples) =>
        ZoneHistory.Steps([.. samples.Select(s => new Sample(DateTimeOffset.FromUnixTimeSeconds(s.At), s.Value))], Times, Step, patience);
}
