using EnergyPilot.Core.Control;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Days;

/// <summary>Days on which people do something else than the calendar says.</summary>
public sealed class CalendarTroubleDays
{
    private static readonly DateOnly Tuesday = new(2026, 1, 13);

    [Fact]
    public async Task Strike_that_no_calendar_knows_costs_an_hour_and_a_half_of_heat()
    {
        var demo = SchoolFiles.DemoSite;
        var life = new SchoolLife("2026-01-12 06:00", colder: 0, demo, Free(demo));
        await life.Until("2026-01-13 09:45");
        life.Target("cp").Reason.Code.ShouldBeOneOf(ReasonCode.InUse, ReasonCode.NobodyThere);

        await life.Until("2026-01-13 11:55");
        foreach (var zone in life.Site.Zones.Where(z => z.Programme.Id == "classroom"))
        {
            life.Target(zone.Id.Name).Reason.Code.ShouldBe(ReasonCode.NobodyCame, zone.Name);
            life.Target(zone.Id.Name).Setpoint.ShouldBe(zone.Setpoints.Reduced, zone.Name);
        }

        life.Between("2026-01-13 00:00", "2026-01-13 12:00").Min(r => r.Decision.Demands.Min(d => d.Room.Value)).ShouldBeGreaterThan(6, "frost protection stays");
        await life.Until("2026-01-14 09:00");
        life.Felt("cp").ShouldBeGreaterThan(18, "on Wednesday they are back");
        life.Target("cp").Reason.Code.ShouldBe(ReasonCode.InUse);
    }

    [Fact]
    public async Task School_day_that_the_calendar_takes_for_a_holiday_is_heated_once_people_are_there()
    {
        var demo = SchoolFiles.DemoSite;
        var life = new SchoolLife("2026-01-12 06:00", colder: 0, Free(demo), demo);
        await life.Until("2026-01-13 08:25");
        life.Target("cp").Reason.Code.ShouldBe(ReasonCode.Holiday);

        await life.Until("2026-01-13 09:15");
        foreach (var zone in (string[])["cp", "ce1", "ce2", "cm1"])
        {
            life.Target(zone).Reason.Code.ShouldBe(ReasonCode.UsedOutsideHours, zone);
            life.Target(zone).Setpoint.Degrees.ShouldBe(19, zone);
        }

        await life.Until("2026-01-13 11:55");
        life.Felt("cp").ShouldBeGreaterThan(18);
        await life.Until("2026-01-13 22:00");
        life.Target("cp").Setpoint.Degrees.ShouldBeLessThanOrEqualTo(16, "nobody is there any more");
    }

    private static Site Free(Site site) => site with
    {
        Calendar = site.Calendar with { Holidays = [.. site.Calendar.Holidays, new Holiday(Tuesday, Tuesday, HolidayKind.Public, "grève")] },
    };
}
