using EnergyPilot.Core.Control;
using EnergyPilot.Core.Legal;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Tests.Core.Control;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Core.Legal;

public sealed class LedgerDays
{
    private const string Tuesday = "2026-11-03", Saturday = "2026-11-07", Sunday = "2026-11-08";
    private static readonly Site Site = LedgerWorld.Site;

    [Fact]
    public void The_mean_in_use_is_weighted_by_volume_and_time_exactly()
    {
        // CP, 180 m³, is in use for 8 h with lunch; the gym, 900 m³, for 9.5 h with lunch.
        var site = Site with { Zones = [.. Site.Zones.Where(z => z.Id.Name is "cp" or "gym")] };
        var day = LedgerWorld.WholeDay(site, Tuesday, (z, _) => new Said(z.Id.Name == "cp" ? 20 : 16.5, 0));

        day.Of("cp").InUse.ShouldBe(TimedSum.Of(20_000, 8 * 3_600_000));
        day.Of("gym").InUse.Time.ShouldBe(TimeSpan.FromHours(9.5));
        day.MeanInUse.Degrees.ShouldBe((180 * 8 * 20 + 900 * 9.5 * 16.5) / (180 * 8 + 900 * 9.5), 1e-12);
        (day.LimitInUse.Degrees, day.IsAboveLimit).ShouldBe((19, false));
        day.Of("cp").EmptyForHours.Time.ShouldBe(TimeSpan.FromHours(16));
    }

    [Fact]
    public void One_warm_room_does_not_put_a_building_above_the_mean_and_all_do()
    {
        LedgerWorld.WholeDay(Site, Tuesday, (z, _) => new Said(z.Id.Name == "cp" ? 22 : 18, 0)).IsAboveLimit.ShouldBeFalse();
        LedgerWorld.WholeDay(Site, Tuesday, (_, _) => new Said(19.1, 0)).IsAboveLimit.ShouldBeTrue();
    }

    [Theory]
    [InlineData(23.999, Occupancy.EmptyForHours, 19)]
    [InlineData(24, Occupancy.EmptyForADay, 16)]
    [InlineData(47.999, Occupancy.EmptyForADay, 16)]
    [InlineData(48, Occupancy.EmptyForLong, 8)]
    public void The_limit_of_an_absence_follows_from_its_whole_length(double hours, Occupancy occupancy, double limit)
    {
        var from = LedgerWorld.Paris($"{Tuesday} 12:00");
        var period = new Period(from, from.AddHours(1), Mode.Reduced, PeriodCause.Empty, from, from.AddHours(hours), "");
        Occupancies.Of(period).ShouldBe(occupancy);
        LegalLimits.Ordinary.Of(Occupancies.Of(period)).Degrees.ShouldBe(limit);
    }

    [Theory]
    [InlineData("2027-03-28", 23)]
    [InlineData("2026-10-25", 25)]
    [InlineData(Tuesday, 24)]
    public void A_day_is_as_long_as_the_clocks_make_it(string day, double hours) =>
        LedgerWorld.WholeDay(Site, day, (_, _) => new Said(15, 0)).Zones.ShouldAllBe(z => z.Recorded == TimeSpan.FromHours(hours));

    [Fact]
    public void What_lies_beyond_midnight_belongs_to_the_other_day()
    {
        var at = LedgerWorld.Paris($"{Tuesday} 00:00").AddSeconds(20);
        var decision = LedgerWorld.Decision(Site, at, _ => new Said(15, 0));
        Ledger.Add(LedgerDay.Empty(LedgerWorld.Day(Tuesday)), decision, Site, LedgerWorld.Minute).Recorded.ShouldBe(TimeSpan.FromSeconds(20));
        Ledger.Add(LedgerDay.Empty(LedgerWorld.Day("2026-11-02")), decision, Site, LedgerWorld.Minute).Recorded.ShouldBe(TimeSpan.FromSeconds(40));
    }

    [Fact]
    public void Time_in_which_nothing_ran_is_unknown()
    {
        var decision = LedgerWorld.Decision(Site, LedgerWorld.Paris($"{Tuesday} 10:00"), _ => new Said(22, 1));
        Ledger.Add(LedgerDay.Empty(LedgerWorld.Day(Tuesday)), decision, Site, TimeSpan.FromMinutes(6)).Zones.ShouldBeEmpty();
    }

    [Fact]
    public void A_room_that_cools_down_without_heat_is_told_and_is_no_excess()
    {
        var zone = LedgerWorld.WholeDay(Site, Saturday, (_, _) => new Said(14, 0)).Of("cp");
        zone.Excesses.ShouldBeEmpty();
        zone.WarmUnheated.ShouldBe(TimedSum.Of(6_000, 24 * 3_600_000));
        zone.EmptyForLong.Mean.Degrees.ShouldBe(14);
        LedgerWorld.WholeDay(Site, Saturday, (z, _) => new Said(z.Id.Name == "gym" ? 10 : 14, 0)).Mean(Occupancy.EmptyForLong).Degrees
            .ShouldBe(14 - 4 * 900 / Site.Zones.Sum(z => z.VolumeM3), 1e-9, "absences have a mean by volume too");
    }

    [Theory]
    [InlineData(ExcessCause.ByHand)]
    [InlineData(ExcessCause.WarmUp)]
    [InlineData(ExcessCause.Visitors)]
    [InlineData(ExcessCause.FrostGuard)]
    [InlineData(ExcessCause.SensorLost)]
    [InlineData(ExcessCause.Setpoint)]
    [InlineData(ExcessCause.Overshoot)]
    public void An_excess_says_why(ExcessCause cause)
    {
        var said = cause switch
        {
            ExcessCause.ByHand => new Said(12, 0.5) { Priority = Priority.Operator, Setpoint = 20, Reason = Reason.Of(ReasonCode.OverrideByHand, Fact.Of("by", "Nadia"), Fact.Of("note", "répétition")) },
            ExcessCause.WarmUp => new Said(12, 0.5) { Reason = Reason.Of(ReasonCode.WarmingUp) },
            ExcessCause.Visitors => new Said(12, 0.5) { Reason = Reason.Of(ReasonCode.UsedOutsideHours), Setpoint = 17 },
            ExcessCause.FrostGuard => new Said(9.5, 0.5) { Demand = ReasonCode.FrostInZone },
            ExcessCause.SensorLost => new Said(double.NaN, 0.5) { Demand = ReasonCode.BlindFollowsOthers },
            ExcessCause.Setpoint => new Said(12, 0.5) { Setpoint = 12 },
            _ => new Said(12, 0.5),
        };
        var excess = LedgerWorld.WholeDay(Site, Sunday, (_, _) => said).Of("cp").Excesses.ShouldHaveSingleItem();

        (excess.Cause, excess.Limit.Degrees).ShouldBe((cause, 8));
        (excess.By, excess.Note).ShouldBe(cause == ExcessCause.ByHand ? ("Nadia", "répétition") : ("", ""));
        (excess.Until - excess.From).ShouldBe(TimeSpan.FromHours(24));
        excess.Above.KelvinHours.ShouldBe(cause is ExcessCause.SensorLost ? 0 : 24 * (said.Room - 8));
        excess.HeatMilliseconds.ShouldBe(12 * 3_600_000);
    }

    [Theory]
    [InlineData(OccasionKind.Letting, ExcessCause.Letting)]
    [InlineData(OccasionKind.Event, ExcessCause.Event)]
    public void Rooms_let_too_warm_are_named_with_the_letting(OccasionKind kind, ExcessCause cause)
    {
        var occasion = new Occasion(kind, LedgerWorld.Day(Sunday), LedgerWorld.Day(Sunday)) { Hours = [new Interval(TimeSpan.FromHours(14), TimeSpan.FromHours(18), Mode.Comfort)], Note = "Bal" };
        var day = LedgerWorld.WholeDay(Site with { Exceptions = [occasion] }, Sunday, (_, at) => Site.Local(at).Hour is >= 14 and < 18 ? new Said(21, 0.5) { Setpoint = 21 } : new Said(15, 0));
        var excess = day.Of("cp").Excesses.ShouldHaveSingleItem();
        (excess.Cause, excess.Note, excess.Limit.Degrees).ShouldBe((cause, "Bal", 19));
        excess.Above.KelvinHours.ShouldBe(8, 1e-9);
    }

    [Fact]
    public void A_loop_may_swing_by_a_kelvin_around_the_limit_and_a_higher_wish_may_not()
    {
        LedgerWorld.WholeDay(Site, Tuesday, (_, _) => new Said(20, 0.2) { Setpoint = 19 }).Of("cp").Excesses.ShouldBeEmpty();
        LedgerWorld.WholeDay(Site, Tuesday, (_, _) => new Said(20.01, 0.2) { Setpoint = 19 }).Of("cp").Excesses.ShouldNotBeEmpty();
        LedgerWorld.WholeDay(Site, Tuesday, (_, _) => new Said(19.1, 0.2) { Setpoint = 19.2 }).Of("cp").Excesses.ShouldNotBeEmpty();
        LedgerWorld.WholeDay(Site, Tuesday, (_, _) => new Said(18.9, 1) { Setpoint = 22 }).Of("cp").Excesses.ShouldBeEmpty("not warmer than the limit yet");
    }

    [Fact]
    public void A_short_pause_does_not_make_two_excesses_of_one_and_a_long_one_does()
    {
        ExcessesWithPause(30).ShouldBe(1);
        ExcessesWithPause(31).ShouldBe(2);
    }

    [Fact]
    public void Where_the_law_sets_no_limit_there_is_no_excess_and_no_share_in_the_mean()
    {
        var site = Site with { Zones = [.. Site.Zones.Select(z => z.Id.Name == "cp" ? z with { Limits = LegalLimits.None } : z)] };
        var day = LedgerWorld.WholeDay(site, Tuesday, (z, _) => z.Id.Name == "cp" ? new Said(24, 1) : new Said(18, 0));
        day.Of("cp").Excesses.ShouldBeEmpty();
        day.MeanInUse.Degrees.ShouldBe(18, 1e-9);
    }

    [Fact]
    public void Limits_stand_in_the_site_file()
    {
        ChangedSchool.With().Zones.ShouldAllBe(z => z.Limits == LegalLimits.Ordinary);
        var site = ChangedSchool.With(("setpoints:\n  comfort: 19 °C", "legal: { empty-24h: 17 °C }\n\nsetpoints:\n  comfort: 19 °C"), ("    use: gym\n", "    use: gym\n    legal: none\n"), ("    use: canteen\n", "    use: canteen\n    legal: { comfort: 22 °C }\n"));
        site.Zones[0].Limits.ShouldBe(new LegalLimits(new(19), new(17), new(8)));
        site.Zones.Single(z => z.Id.Name == "gym").Limits.Apply.ShouldBeFalse();
        site.Zones.Single(z => z.Id.Name == "canteen").Limits.ShouldBe(new LegalLimits(new(22), new(17), new(8)));
    }

    private static int ExcessesWithPause(int minutes)
    {
        var (from, to) = (LedgerWorld.Paris($"{Sunday} 10:00"), LedgerWorld.Paris($"{Sunday} 10:00").AddMinutes(minutes));
        return LedgerWorld.WholeDay(Site, Sunday, (_, at) => new Said(12, at > from && at <= to ? 0 : 0.5)).Of("cp").Excesses.Length;
    }
}
