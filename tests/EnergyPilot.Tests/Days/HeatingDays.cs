using EnergyPilot.Core.Control;
using EnergyPilot.Core.Schedules;

namespace EnergyPilot.Tests.Days;

/// <summary>Ordinary days of the programme and the calendar.</summary>
public sealed class HeatingDays
{
    [Fact]
    public async Task Frosty_monday_is_warm_when_the_first_children_come()
    {
        var life = new SchoolLife("2026-01-16 12:00", colder: 6);

        // Friday is the last lesson; from then until Monday morning nobody is there.
        await life.Until("2026-01-16 17:00");
        life.Target("cp").Setpoint.Degrees.ShouldBe(8);
        life.Target("cp").Reason.Code.ShouldBe(ReasonCode.LongAbsence);
        life.Valve("cp").Value.ShouldBe(0);

        await life.Until("2026-01-19 08:30");
        var start = life.Between("2026-01-17 00:00", "2026-01-19 08:30").First(r => r.Decision.Targets[life.Index("cp")].Reason.Code == ReasonCode.WarmingUp);
        life.Site.Local(start.Decision.At).ShouldBeInRange(new(2026, 1, 17, 16, 30, 0), new(2026, 1, 19, 5, 0, 0));
        life.Between("2026-01-17 00:00", "2026-01-19 08:30").SkipWhile(r => r != start)
            .Select(r => r.Decision.Targets[life.Index("cp")].Setpoint.Degrees).ShouldAllBe(setpoint => setpoint == 19, "a warm-up that has begun goes on until people come");
        life.School.Physics.Weather.TemperatureC.ShouldBeLessThan(-3);
        foreach (var zone in life.Site.Zones.Where(z => z.Programme.Id == "classroom"))
            life.Felt(zone.Id.Name).ShouldBeGreaterThan(18, zone.Name);

        await life.Until("2026-01-19 09:00");
        life.Target("cp").Reason.Code.ShouldBe(ReasonCode.InUse);
    }

    [Fact]
    public async Task Christmas_holidays_are_left_cold_and_end_warm()
    {
        var life = new SchoolLife("2025-12-19 12:00");

        await life.Until("2025-12-24 10:00");
        life.Target("cp").Setpoint.Degrees.ShouldBe(8);
        life.Target("cp").Mode.ShouldBe(Mode.Absence);
        life.Target("cp").Reason.Code.ShouldBe(ReasonCode.Holiday);
        life.Target("cp").Reason.Facts.Single(f => f.Name == "holiday").Text.ShouldContain("Noël");

        await life.Until("2026-01-05 08:30");
        life.Felt("cp").ShouldBeGreaterThan(18);
        life.Between("2025-12-21 00:00", "2026-01-03 00:00").Count(r => r.Decision.Targets[life.Index("cp")].Mode == Mode.Comfort).ShouldBe(0);
        life.Between("2025-12-21 00:00", "2026-01-03 00:00")
            .Min(r => r.Decision.Demands[life.Index("cp")].Room.Value).ShouldBeGreaterThan(7, "8 °C is held, not undercut");
    }

    [Fact]
    public async Task Public_holiday_on_a_tuesday_is_empty_and_wednesday_is_warm()
    {
        var life = new SchoolLife("2025-11-09 12:00");

        await life.Until("2025-11-11 10:00");
        life.Target("cp").Reason.Code.ShouldBe(ReasonCode.Holiday);
        life.Target("cp").Mode.ShouldBe(Mode.Reduced, "from Monday evening to Wednesday morning is less than 48 h");

        await life.Until("2025-11-12 08:30");
        life.Felt("cp").ShouldBeGreaterThan(18);
    }

    [Fact]
    public async Task Override_ends_by_itself()
    {
        var life = new SchoolLife("2026-01-12 12:00");
        life.Overrides = [new Override(1, new("staff-room"), new(21), "Nadia", life.At("2026-01-13 18:00"), life.At("2026-01-13 20:00"), "parents' evening")];

        (string Time, double Setpoint, Priority Priority, ReasonCode Reason)[] story =
        [
            ("2026-01-13 17:59", 16, Priority.Schedule, ReasonCode.Empty),
            ("2026-01-13 18:01", 21, Priority.Operator, ReasonCode.OverrideByHand),
            ("2026-01-13 19:59", 21, Priority.Operator, ReasonCode.OverrideByHand),
            ("2026-01-13 20:01", 16, Priority.Schedule, ReasonCode.Empty),
        ];
        foreach (var (time, setpoint, priority, reason) in story)
        {
            await life.Until(time);
            var target = life.Target("staff-room");
            (target.Setpoint.Degrees, target.Priority, target.Reason.Code).ShouldBe((setpoint, priority, reason), time);
        }

        life.Heat("staff-room", "2026-01-13 18:05", "2026-01-13 18:30").ShouldAllBe(heat => heat == 1);
        life.Heat("staff-room", "2026-01-13 20:05", "2026-01-13 20:30").ShouldAllBe(heat => heat == 0);
    }

    [Fact]
    public async Task City_wishes_for_an_evening_and_staff_have_the_last_word()
    {
        var life = new SchoolLife("2026-01-13 12:00");
        life.Overrides =
        [
            new Override(1, new("staff-room"), new(18), "city of Roubaix", life.At("2026-01-13 18:00"), life.At("2026-01-13 21:00"), "peak") { Priority = Priority.City },
            new Override(2, new("staff-room"), new(21), "Nadia", life.At("2026-01-13 17:55"), life.At("2026-01-13 20:00"), "parents' evening"),
        ];
        foreach (var (time, setpoint, priority, reason) in ((string, double, Priority, ReasonCode)[])
        [
            ("2026-01-13 18:01", 21, Priority.Operator, ReasonCode.OverrideByHand),
            ("2026-01-13 20:01", 18, Priority.City, ReasonCode.CityWish),
            ("2026-01-13 21:01", 16, Priority.Schedule, ReasonCode.Empty),
        ])
        {
            await life.Until(time);
            var target = life.Target("staff-room");
            (target.Setpoint.Degrees, target.Priority, target.Reason.Code).ShouldBe((setpoint, priority, reason), time);
        }
    }
}
