using EnergyPilot.Core.Control;
using EnergyPilot.Simulation;

namespace EnergyPilot.Tests.Days;

/// <summary>Days on which something is broken.</summary>
public sealed class TroubleDays
{
    [Fact]
    public async Task Window_left_open_pauses_heat_and_calls_somebody_but_does_not_leave_the_class_cold()
    {
        var life = new SchoolLife("2026-01-12 12:00");
        var open = new Fault(FaultKind.WindowOpen, "cp");
        await life.Until("2026-01-13 17:00");
        life.School.Inject(open);

        await life.Until("2026-01-13 17:10");
        life.Demand("cp").Reason.Code.ShouldBe(ReasonCode.WindowOpen);
        life.Valve("cp").Value.ShouldBe(0);
        life.Alarms.ShouldNotContain((ReasonCode.WindowLeftOpen, "cp"), "people air rooms");

        await life.Until("2026-01-13 17:35");
        life.Alarms.ShouldContain((ReasonCode.WindowLeftOpen, "cp"));

        // All night: no heat for the street, but the warm-up is not given up for a contact that may hang.
        await life.Until("2026-01-14 08:30");
        life.Heat("cp", "2026-01-13 17:10", "2026-01-13 21:00").ShouldAllBe(heat => heat == 0);
        life.Demand("cp").Heat.Value.ShouldBe(1);
        life.Demand("cp").Reason.Code.ShouldBe(ReasonCode.FarBelowTarget);

        life.School.Mend(open);
        await life.Until("2026-01-14 08:35");
        life.Alarms.ShouldNotContain((ReasonCode.WindowLeftOpen, "cp"));
    }

    [Fact]
    public async Task Zone_with_dead_sensors_stays_warm_and_says_so()
    {
        var life = new SchoolLife("2026-01-12 12:00");
        await life.Until("2026-01-12 14:00");
        life.School.Inject(new Fault(FaultKind.Silent, "room-cp"));
        await life.Until("2026-01-12 14:30");
        life.Demand("cp").Reason.Code.ShouldNotBe(ReasonCode.BlindFollowsOthers, "the second sensor still sees");
        life.Alarms.ShouldContain((ReasonCode.SensorLost, "cp"));

        life.School.Inject(new Fault(FaultKind.Silent, "air-cp"));
        await life.Until("2026-01-12 15:00");
        life.Demand("cp").Room.IsReliable.ShouldBeFalse();
        life.Demand("cp").Reason.Code.ShouldBe(ReasonCode.BlindFollowsOthers);

        foreach (var morning in (string[])["2026-01-13 08:30", "2026-01-14 08:30", "2026-01-15 08:30"])
        {
            await life.Until(morning);
            life.Felt("cp").ShouldBeInRange(17.5, 23, morning);
            life.Alarms.ShouldContain((ReasonCode.SensorLost, "cp"));
        }
    }

    [Fact]
    public async Task Power_on_value_of_a_sensor_is_not_believed()
    {
        var life = new SchoolLife("2026-01-12 12:00");
        await life.Until("2026-01-13 08:00");
        life.School.Inject(new Fault(FaultKind.PowerOnValue, "room-cp"));

        await life.Until("2026-01-13 10:00");

        life.Demand("cp").Room.Value.ShouldBeInRange(17, 24);
        life.Alarms.ShouldContain((ReasonCode.SensorImplausible, "cp"));
    }

    [Fact]
    public async Task Boiler_that_is_locked_out_is_reported_at_once_and_heats_again_when_mended()
    {
        var life = new SchoolLife("2026-01-12 12:00");
        var fault = new Fault(FaultKind.BoilerLockedOut, "");
        await life.Until("2026-01-13 04:00");
        life.School.Inject(fault);

        await life.Until("2026-01-13 04:03");
        life.Now.Decision.Alarms.ShouldContain(a => a.Reason.Code == ReasonCode.BoilerLockedOut && a.Severity == Severity.Critical);
        await life.Until("2026-01-13 10:00");
        life.Felt("cp").ShouldBeLessThan(18);
        life.Output(life.Site.Boiler.Release[0]).Value.ShouldBe(1, "it may start as soon as somebody has reset it");

        life.School.Mend(fault);
        await life.Until("2026-01-13 16:00");
        life.Alarms.ShouldNotContain((ReasonCode.BoilerLockedOut, "boiler"));
        life.Felt("cp").ShouldBeGreaterThan(18);
    }

    [Fact]
    public async Task Boiler_that_does_not_start_without_saying_so_is_noticed()
    {
        var life = new SchoolLife("2026-01-12 12:00");
        await life.Until("2026-01-12 23:00");
        life.School.Inject(new Fault(FaultKind.BoilerLockedOut, ""));
        life.School.Inject(new Fault(FaultKind.Silent, "boiler-fault"));

        await life.Until("2026-01-13 08:30");

        life.Alarms.ShouldContain((ReasonCode.BoilerNotStarting, "boiler"));
    }

    [Fact]
    public async Task Damaged_answers_of_a_meter_are_never_believed()
    {
        var life = new SchoolLife("2026-01-12 12:00");
        var meter = life.Site.Meters.Single(m => m.Medium == EnergyPilot.Core.Sites.Medium.Electricity);
        await life.Until("2026-01-12 13:00");
        var before = life.Now.Snapshot.Of(meter.Index).Value;
        var device = life.Site.Devices.Single(d => d.Points.Any(p => p.Id == meter.Index)).Id;
        life.School.Inject(new Fault(FaultKind.CrcErrors, device));

        await life.Until("2026-01-12 14:00");
        life.Alarms.ShouldContain((ReasonCode.MeterSilent, meter.Id));
        life.Now.Snapshot.Of(meter.Index).IsReliable.ShouldBeFalse();

        life.School.Mend(new Fault(FaultKind.CrcErrors, device));
        await life.Until("2026-01-12 14:30");
        life.Now.Snapshot.Of(meter.Index).Value.ShouldBeGreaterThan(before);
        life.Alarms.ShouldNotContain((ReasonCode.MeterSilent, meter.Id));
    }
}
