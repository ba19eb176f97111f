using EnergyPilot.Core.Control;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Tests.Core.Control;

public sealed class SourceLimitRules
{
    private static readonly DateTimeOffset Lesson = DemoWorld.Tuesday.AddHours(9);
    private static readonly PointId Meter = DemoWorld.Site.Meters[0].Index;
    private static readonly Site Limited = DemoWorld.Site with { Boiler = DemoWorld.Site.Boiler with { PowerLimit = new Watts(60_000), Power = [Meter] } };

    [Theory]
    [InlineData(60_100, 0, 3)]
    [InlineData(60_100, 29, 30)]
    [InlineData(59_000, 6, 6)]
    [InlineData(56_900, 6, 3)]
    [InlineData(56_900, 1, 0)]
    [InlineData(double.NaN, 6, 3)]
    public void Water_becomes_cooler_in_steps_while_more_power_is_drawn_than_subscribed_and_comes_back_as_quickly(double watts, double before, double after) =>
        Decided(Limited, watts, before, Lesson.AddMinutes(-5)).Memory.Boiler.Cut.ShouldBe(after);

    [Fact]
    public void The_power_is_looked_at_every_five_minutes() => Decided(Limited, 70_000, 3, Lesson.AddMinutes(-4.9)).Memory.Boiler.Cut.ShouldBe(3);

    [Fact]
    public void A_cut_for_power_reaches_the_boiler()
    {
        var point = DemoWorld.Site.Boiler.Setpoint[0];
        var (kept, exceeded) = (Decided(Limited, 59_000, 0, Lesson.AddMinutes(-5)), Decided(Limited, 70_000, 0, Lesson.AddMinutes(-5)));
        exceeded.Output(point).Value.ShouldBe(kept.Output(point).Value - 3, 0.1);
    }

    [Fact]
    public void Without_a_subscribed_power_nothing_is_cut() => Decided(DemoWorld.Site, 1e6, 0, Lesson.AddMinutes(-5)).Memory.Boiler.Cut.ShouldBe(0);

    private static Decision Decided(Site site, double watts, double cut, DateTimeOffset at) => Pilot.Decide(
        site, new DemoWorld(rooms: 15, outdoor: 5) { [Meter] = watts }.At(Lesson), Memory.Empty with { Boiler = BoilerMemory.Start with { Cut = cut, CutAt = at } });
}
