using EnergyPilot.Core.Control;

namespace EnergyPilot.Tests.Days;

/// <summary>Days on which the gateway is gone for a while, or does not know what time it is.</summary>
public sealed class PowerAndClockDays
{
    [Fact]
    public async Task Power_cut_at_five_costs_no_knowledge_of_the_walls_and_the_class_is_warm_or_an_alarm_says_not()
    {
        var life = new SchoolLife("2026-01-18 12:00");
        await life.Until("2026-01-19 05:00");
        var before = life.Now.Decision.Memory.Zones[life.Zone("cp").Id];
        before.Start.For.ShouldBe(life.At("2026-01-19 08:30"), "the warm-up is under way");

        life.LosePower("2026-01-19 06:30");
        await life.Until("2026-01-19 06:31");
        var after = life.Now.Decision.Memory.Zones[life.Zone("cp").Id];
        (after.Start.For, after.Start.Began).ShouldBe((before.Start.For, before.Start.Began), "the warm-up goes on");
        after.Estimate.Observer.State.Deep.ShouldBe(before.Estimate.Observer.State.Deep, "walls are walls");
        life.Demand("cp").Heat.Value.ShouldBe(1);

        await life.Until("2026-01-19 08:30");
        var felt = life.FeltInClasses();
        await life.Until("2026-01-19 09:35");
        foreach (var (zone, temperature) in felt) (temperature >= 17.5 || life.Alarms.Contains((ReasonCode.ZoneCold, zone))).ShouldBeTrue($"{zone} at {temperature} °C");
    }

    [Fact]
    public async Task Clock_that_jumps_three_hours_and_back_and_then_a_day_leaves_nobody_cold_and_locks_nothing()
    {
        var life = new SchoolLife("2026-01-12 12:00");
        await life.Until("2026-01-13 10:00");

        life.SetClock(TimeSpan.FromHours(3));
        await life.Until("2026-01-13 14:00");
        life.Alarms.ShouldNotContain(a => a.Code == ReasonCode.SensorLost, "what is heard is new");
        life.Felt("cp").ShouldBeInRange(18, 23);

        life.SetClock(TimeSpan.FromHours(-3));
        await life.Until("2026-01-13 11:45");
        AllIsWell(life);

        life.SetClock(TimeSpan.FromDays(-1));
        await life.Until("2026-01-12 11:55");
        AllIsWell(life);

        // The day after that begins as if nothing had been.
        life.SetClock(TimeSpan.FromDays(1));
        await life.Until("2026-01-14 08:30");
        AllIsWell(life);
    }

    private static void AllIsWell(SchoolLife life)
    {
        life.Target("cp").Reason.Code.ShouldBe(ReasonCode.InUse);
        life.Felt("cp").ShouldBeInRange(18, 23);
        life.Demand("cp").Room.IsReliable.ShouldBeTrue();
        life.Now.Decision.Alarms.ShouldAllBe(a => a.Since <= life.Now.Decision.At);
        life.Now.Decision.Memory.Zones.Values.ShouldAllBe(z => z.Estimate.Quarter <= life.Now.Decision.At);
    }
}
