using EnergyPilot.Core.Control;
using EnergyPilot.Core.Legal;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Tests.Core.Legal;

namespace EnergyPilot.Tests.Days;

/// <summary>What the ledger says of days that the demo school really lived.</summary>
public sealed class LedgerStories
{
    [Fact]
    public async Task An_override_on_sunday_is_the_one_excess_beside_warming_up_and_has_a_name()
    {
        var life = new SchoolLife("2026-01-16 12:00");
        life.Overrides = [new Override(1, new("staff-room"), new(19), "Nadia", life.At("2026-01-18 10:00"), life.At("2026-01-18 12:00"), "répétition")];
        await life.Until("2026-01-18 14:00");

        Ledger(life, "2026-01-17").Zones.SelectMany(z => z.Excesses).ShouldBeEmpty("nobody heats on Saturday");
        var sunday = Ledger(life, "2026-01-18");
        var excess = sunday.Zones.SelectMany(z => z.Excesses).Where(e => e.Cause != ExcessCause.WarmUp).ShouldHaveSingleItem();
        sunday.Of("staff-room").Excesses.ShouldContain(excess);
        (excess.Cause, excess.By, excess.Note, excess.Limit.Degrees).ShouldBe((ExcessCause.ByHand, "Nadia", "répétition", 8));
        excess.From.ShouldBeInRange(life.At("2026-01-18 09:59"), life.At("2026-01-18 10:05"));
        excess.Until.ShouldBeInRange(life.At("2026-01-18 11:55"), life.At("2026-01-18 12:01"));
        sunday.MeanInUse.Degrees.ShouldBe(double.NaN, "nobody used the building by its programme");
    }

    [Fact]
    public async Task An_ordinary_week_has_no_excess_but_the_warm_up_on_monday()
    {
        var life = new SchoolLife("2026-01-09 12:00");
        await life.Until("2026-01-14 00:00");

        foreach (var day in (string[])["2026-01-10", "2026-01-12", "2026-01-13"])
        {
            var ledger = Ledger(life, day);
            ledger.Recorded.ShouldBe(TimeSpan.FromHours(24));
            ledger.Zones.SelectMany(z => z.Excesses).Where(e => e.Cause != ExcessCause.WarmUp || day != "2026-01-12").ShouldBeEmpty(day);
        }

        var monday = Ledger(life, "2026-01-12");
        monday.Of("cp").Excesses.ShouldHaveSingleItem().Until.ShouldBeLessThanOrEqualTo(life.At("2026-01-12 08:30"));
        monday.IsAboveLimit.ShouldBeFalse($"{monday.MeanInUse}");
        Ledger(life, "2026-01-13").MeanInUse.Degrees.ShouldBeInRange(16.5, 19);
    }

    private static LedgerDay Ledger(SchoolLife life, string day) => life.Between($"{day} 00:00", $"{LedgerWorld.Day(day).AddDays(1):yyyy-MM-dd} 00:01")
        .Aggregate(LedgerDay.Empty(LedgerWorld.Day(day)), (sum, r) => EnergyPilot.Core.Legal.Ledger.Add(sum, r.Decision, r.Site, LedgerWorld.Minute));
}
