using EnergyPilot.Core.Control;
using EnergyPilot.Core.Learning;
using EnergyPilot.Simulation;

namespace EnergyPilot.Tests.Days;

/// <summary>Mornings on which something breaks while the school warms up.</summary>
public sealed class WarmUpTroubleDays
{
    [Fact]
    public async Task Sensors_that_die_during_the_warm_up_leave_no_class_cold()
    {
        var life = new SchoolLife("2026-01-18 12:00");
        await life.Until("2026-01-19 05:30");
        life.Target("cp").Reason.Code.ShouldBe(ReasonCode.WarmingUp);
        life.School.Inject(new Fault(FaultKind.Silent, "room-cp"));
        life.School.Inject(new Fault(FaultKind.Silent, "air-cp"));

        await life.Until("2026-01-19 08:30");
        life.Demand("cp").Room.IsReliable.ShouldBeFalse();
        life.Alarms.ShouldContain((ReasonCode.SensorLost, "cp"));
        life.Felt("cp").ShouldBeInRange(17.5, 23);
        life.Between("2026-01-19 06:30", "2026-01-19 08:30").ShouldAllBe(r => r.Decision.Targets[life.Index("cp")].Reason.Code == ReasonCode.WarmingUp);
    }

    [Fact]
    public async Task Boiler_locked_out_during_the_warm_up_is_called_out_at_once_and_teaches_no_model_a_heat_that_was_not_there()
    {
        var life = new SchoolLife("2026-01-18 12:00");
        var fault = new Fault(FaultKind.BoilerLockedOut, "");
        await life.Until("2026-01-19 04:00");
        life.School.Inject(fault);
        await life.Until("2026-01-19 04:03");
        life.Now.Decision.Alarms.ShouldContain(a => a.Reason.Code == ReasonCode.BoilerLockedOut && a.Severity == Severity.Critical);

        await life.Until("2026-01-19 08:30");
        life.Heat("cp", "2026-01-19 06:00", "2026-01-19 08:30").ShouldAllBe(heat => heat == 1, "valves stand open for a heat that does not come");
        var quarters = life.Quarters("cp", "2026-01-19 06:30", "2026-01-19 08:30").ToArray();
        quarters.Length.ShouldBeGreaterThanOrEqualTo(7);
        quarters.ShouldAllBe(q => q.Drive.Emission < 0.05 && q.Worth == QuarterWorth.Good);

        life.School.Mend(fault);
        await life.Until("2026-01-19 10:30");
        life.Quarters("cp", "2026-01-19 09:30", "2026-01-19 10:30").ShouldAllBe(q => q.Drive.Emission > 0.3);
        life.Alarms.ShouldNotContain((ReasonCode.BoilerLockedOut, "boiler"));
    }

    [Fact]
    public async Task Window_without_a_contact_that_is_open_all_night_is_suspected_and_the_class_is_warmed_up_all_the_same()
    {
        var life = new SchoolLife("2026-01-12 12:00");
        await life.Until("2026-01-13 16:00");
        life.School.Inject(new Fault(FaultKind.WindowOpen, "ce2"));

        await life.Until("2026-01-14 08:30");
        life.Between("2026-01-13 16:00", "2026-01-13 17:30").Any(r => r.Decision.Memory.Zones[life.Zone("ce2").Id].Window.Seen == WindowSeen.ByFallingTemperature)
            .ShouldBeTrue("a fall like that is no free cooling");
        life.Between("2026-01-13 16:00", "2026-01-14 08:30").Min(r => r.Decision.Demands[life.Index("ce2")].Room.Value).ShouldBeGreaterThan(life.Zone("ce2").Setpoints.Frost.Degrees);
        life.Heat("ce2", "2026-01-14 07:30", "2026-01-14 08:30").ShouldAllBe(heat => heat == 1, "a suspicion is no reason to leave people cold");
        life.Quarters("ce2", "2026-01-13 16:00", "2026-01-13 17:30").ShouldContain(q => q.Worth == QuarterWorth.WindowOpen, "and nothing is learned from it");
    }
}
