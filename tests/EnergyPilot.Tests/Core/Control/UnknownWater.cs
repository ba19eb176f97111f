using EnergyPilot.Core.Control;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Tests.Core.Control;

/// <summary>A school in which nobody measures the water learns from its warm-ups how early to begin.</summary>
public sealed class UnknownWater
{
    private static readonly Site Site = DemoWorld.Site with
    {
        Boiler = DemoWorld.Site.Boiler with { Supply = [] },
        Circuits = [.. DemoWorld.Site.Circuits.Select(c => c with { Supply = [], MixingValve = [] })],
    };

    [Fact]
    public void A_room_that_warms_up_quickly_starts_later_the_next_time()
    {
        var memory = Morning(DemoWorld.Tuesday, Memory.Empty, risePerHour: 4);

        var learned = memory.Of(DemoWorld.Cp.Id).Start.Regression;
        var cold = new ColdStart(3, 14, 14);
        learned.Time(cold).ShouldBeLessThan(WarmUpRegression.Start.Time(cold) - TimeSpan.FromMinutes(20));
        Morning(DemoWorld.Tuesday.AddDays(1), memory, risePerHour: 4).Of(DemoWorld.Cp.Id).Start.Regression.ShouldNotBe(learned, "one lesson per warm-up");
    }

    [Fact]
    public void A_room_that_is_not_warm_when_people_come_starts_earlier_the_next_time()
    {
        var cold = new ColdStart(3, 14, 14);
        Morning(DemoWorld.Tuesday, Memory.Empty, risePerHour: 0.35).Of(DemoWorld.Cp.Id).Start.Regression.Time(cold).ShouldBeGreaterThan(WarmUpRegression.Start.Time(cold));
    }

    [Fact]
    public void An_open_window_teaches_nothing() =>
        Morning(DemoWorld.Tuesday, Memory.Empty, risePerHour: 4, window: 1).Of(DemoWorld.Cp.Id).Start.Regression.ShouldBe(WarmUpRegression.Start);

    [Fact]
    public void Where_the_water_is_measured_models_know_better() =>
        Morning(DemoWorld.Tuesday, Memory.Empty, risePerHour: 4, site: DemoWorld.Site).Of(DemoWorld.Cp.Id).Start.Regression.ShouldBe(WarmUpRegression.Start);

    // From midnight until nine: a room of 16 °C that climbs as its warm-up begins.
    private static Memory Morning(DateTimeOffset midnight, Memory memory, double risePerHour, double window = 0, Site? site = null)
    {
        var room = 16.0;
        for (var minute = 0; minute < 9 * 60; minute++)
        {
            var world = new DemoWorld(rooms: 16, outdoor: 5) { [DemoWorld.Cp] = room, [DemoWorld.Window] = window };
            var decision = Pilot.Decide(site ?? Site, world.At(midnight.AddMinutes(minute)), memory);
            if (decision.Target(DemoWorld.Cp).Reason.Code == ReasonCode.WarmingUp) room = Math.Min(room + risePerHour / 60, 19.2);
            memory = decision.Memory;
        }

        return memory;
    }
}
