using EnergyPilot.Core.Learning;
using EnergyPilot.Tests.Core.Control;

namespace EnergyPilot.Tests.Core.Learning;

public sealed class Identifications
{
    private static readonly ZoneModel Truth = ZoneModel.Prior with { Heating = 11, AirToFast = 1.0, DeepToFast = 0.10 };
    private static readonly ZoneModel Prior = ZoneModel.Prior;

    [Fact]
    public void Three_weeks_of_school_tell_radiators_air_and_walls()
    {
        var found = Of(RandomZone.Days(Truth, 21, new Random(1)));
        found.Model.Heating.ShouldBe(11, 0.2);
        found.Model.AirToFast.ShouldBe(1.0, 0.05);
        found.Model.DeepToFast.ShouldBe(0.10, 0.006);
        found.Rmse.ShouldBeLessThan(0.05);
        found.PreviousRmse.ShouldBeGreaterThan(1);
        found.SdRatios[2].ShouldBeLessThan(0.1);
        found.Days.ShouldBe(20, 0.01);
        found.Excitation.IsRich.ShouldBeTrue();
        found.Iterations.ShouldBeInRange(2, 24);
    }

    [Fact]
    public void What_was_not_excited_stays_at_the_prior()
    {
        var dark = RandomZone.Days(Truth, 21, new Random(2)).Select(q => q with { Drive = q.Drive with { SunEast = 0, SunSouth = 0, SunWest = 0, People = 0 } });
        var state = new ZoneState(18, 18, 18);
        var found = Of([.. dark.Select(q => q with { Room = (state = Truth.Step(state, q.Drive, 0.25)).Air })]);
        (found.Model.SunEast, found.Model.SunSouth, found.Model.SunWest).ShouldBe((Prior.SunEast, Prior.SunSouth, Prior.SunWest));
        found.Model.People.ShouldBe(Prior.People, 1e-9);
        found.SdRatios[3].ShouldBe(1, 1e-6);
        found.Model.Heating.ShouldBe(11, 0.2);
    }

    [Fact]
    public void A_slow_and_plain_search_finds_nothing_better() => Law.Holds(chance =>
    {
        var truth = RandomZone.Of(chance, 1.5);
        var quarters = RandomZone.Days(truth, 6, chance);
        for (var i = 0; i < 5; i++) quarters[chance.Next(100, quarters.Length)].Spoil(10 * chance.NextDouble());
        var (found, plain) = (Of(quarters), new PlainFit(quarters));
        var (best, cost) = plain.From(truth);
        found.Cost.ShouldBe(plain.Cost(found.Model), 1e-6 * found.Cost);
        found.Cost.ShouldBeLessThanOrEqualTo(cost * 1.01);
        for (var i = 0; i < ZoneModel.Count; i++)
            Math.Log(found.Model.Values[i] / best.Values[i]).ShouldBe(0, 0.3 * ZoneModel.Spread[i]);
    }, cases: 12);

    [Fact]
    public void One_reading_ten_times_too_high_changes_nothing_much()
    {
        var quarters = RandomZone.Days(Truth, 21, new Random(3));
        var clean = Of(quarters);
        // In the worst place, just where a day's prediction begins.
        for (var day = 3; day < 20; day += 4) quarters[96 * day + 67].Spoil(9 * quarters[96 * day + 67].Room);
        var found = Of(quarters);
        found.Model.Heating.ShouldBe(clean.Model.Heating, 0.02 * clean.Model.Heating);
        found.Rmse.ShouldBeLessThan(0.3);
        Gate.Of(Fresh, found).ShouldBe(Verdict.Accepted);
    }

    [Theory]
    [InlineData(QuarterWorth.Untrusted)]
    [InlineData(QuarterWorth.WindowOpen)]
    public void Heat_that_did_not_come_and_open_windows_teach_nothing_once_they_are_said(QuarterWorth worth)
    {
        // Every other morning from six to nine: a boiler that is off although the estimate sees warm water, or a window that is open.
        var quarters = RandomZone.Days(Truth, 21, new Random(4));
        var state = new ZoneState(18, 18, 18);
        for (var i = 0; i < quarters.Length; i++)
        {
            var wrong = i / 96 % 2 == 1 && i % 96 is >= 24 and < 36;
            var (model, drive) = (Truth, quarters[i].Drive);
            if (wrong && worth == QuarterWorth.WindowOpen) model = Truth with { AirToOutdoor = 2 };
            if (wrong && worth == QuarterWorth.Untrusted) drive = drive with { Emission = 0 };
            state = model.Step(state, drive, 0.25);
            quarters[i] = quarters[i] with { Room = state.Air, Worth = wrong ? worth : QuarterWorth.Good };
        }

        var found = Of(quarters);
        found.Model.Heating.ShouldBe(11, 0.5);
        found.Rmse.ShouldBeLessThan(0.3);
        var unsaid = Of([.. quarters.Select(q => q with { Worth = QuarterWorth.Good })]);
        unsaid.Rmse.ShouldBeGreaterThan(2 * found.Rmse);
    }

    [Fact]
    public void A_clock_that_jumps_costs_a_day_and_no_truth()
    {
        var quarters = RandomZone.Days(Truth, 21, new Random(5));
        for (var i = 500; i < 700; i++) quarters[i] = quarters[i] with { End = quarters[i].End.AddYears(3) };
        for (var i = 1200; i < quarters.Length; i++) quarters[i] = quarters[i] with { End = quarters[i].End.AddHours(-7) };
        var found = Of(quarters);
        found.Model.Heating.ShouldBe(11, 0.3);
        // A day at the beginning and one after the jump forward; setting a clock back costs a quarter.
        found.Days.ShouldBe(19, 0.05);
    }

    [Fact]
    public void A_sensor_of_a_tenth_of_a_kelvin_is_enough()
    {
        var found = Of([.. RandomZone.Days(Truth, 21, new Random(6)).Select(q => q with { Room = Math.Round(q.Room, 1) })]);
        found.Model.Heating.ShouldBe(11, 0.3);
        found.Model.DeepToFast.ShouldBe(0.10, 0.02);
    }

    [Fact]
    public void A_constant_temperature_tells_only_heating_per_loss()
    {
        var state = new ZoneState(20, 18, 16);
        var quarters = new Quarter[2016];
        for (var i = 0; i < quarters.Length; i++)
        {
            // Held at 20 °C by exactly the heat that it takes.
            var outdoor = 4 + 3 * Math.Sin(i / 300.0);
            var drive = new ZoneDrive { Outdoor = outdoor, Emission = Math.Max(0, (20 - Truth.Step(state, new ZoneDrive { Outdoor = outdoor }, 0.25).Air) * 4.3 / 11) };
            state = Truth.Step(state, drive, 0.25);
            quarters[i] = new Quarter(RandomZone.Start.AddMinutes(15 * i), state.Air, drive, QuarterWorth.Good);
        }

        var found = Of(quarters);
        found.Excitation.IsRich.ShouldBeFalse();
        found.Excitation.FreeNights.ShouldBe(0);
        (found.Model.Heating * found.Model.SteadyRise).ShouldBe(11 * Truth.SteadyRise, 0.05 * 11 * Truth.SteadyRise);
        found.SdRatios[2].ShouldBeGreaterThan(3 * Of(RandomZone.Days(Truth, 21, new Random(1))).SdRatios[2]);
        Prior.ShouldBe(ZonePrior.Ordinary.Model);
    }

    [Fact]
    public void The_same_days_give_the_same_model_and_only_the_last_three_weeks_count()
    {
        var quarters = RandomZone.Days(Truth, 25, new Random(7));
        var found = Of(quarters);
        Of(quarters).Model.ShouldBe(found.Model);
        Of(quarters[^2016..]).Model.ShouldBe(found.Model);
    }

    [Fact]
    public void Whatever_is_measured_the_model_stays_in_its_box_and_is_a_number() => Law.Holds(chance =>
    {
        double[] odd = [double.NaN, double.PositiveInfinity, -1e9, 1e300, 0, 20, 200];
        var quarters = RandomZone.Days(RandomZone.Of(chance), 5, chance);
        var rate = chance.NextDouble() * 0.2;
        for (var i = 0; i < quarters.Length; i++)
        {
            if (chance.NextDouble() > rate) continue;
            var any = odd[chance.Next(odd.Length)];
            quarters[i] = chance.Next(2) == 0
                ? quarters[i] with { Room = any }
                : quarters[i] with { Drive = quarters[i].Drive with { Outdoor = any, Emission = odd[chance.Next(odd.Length)] }, Worth = (QuarterWorth)chance.Next(3) };
        }

        var found = Of(quarters);
        ZonePrior.Ordinary.Holds(found.Model).ShouldBeTrue();
        found.SdRatios.ShouldAllBe(ratio => ratio > 0 && ratio <= 1);
    }, cases: 40);

    [Fact]
    public void A_sister_school_is_a_better_beginning()
    {
        var sister = new ZonePrior(Truth with { Heating = 10.5 }, [.. ZoneModel.Spread.Select(sd => sd / 2)]);
        var few = RandomZone.Days(Truth, 4, new Random(8));
        var found = Identification.Of(few, sister, sister.Model, TimeZoneInfo.Utc);
        Math.Abs(found.Model.DeepToFast - 0.10).ShouldBeLessThan(Math.Abs(Of(few).Model.DeepToFast - 0.10));
    }

    [Fact]
    public void Two_days_are_too_few()
    {
        var found = Of(RandomZone.Days(Truth, 2, new Random(9)));
        found.Days.ShouldBeLessThan(2);
        found.Model.ShouldBe(Prior);
        Gate.Of(Fresh, found).ShouldBe(Verdict.TooFewDays);
        Gate.Of(Fresh, Of([])).ShouldBe(Verdict.TooFewDays);
    }

    private static Learned Fresh => Learned.Of(ZonePrior.Ordinary, RandomZone.Start);

    private static Identified Of(Quarter[] quarters) => Identification.Of(quarters, ZonePrior.Ordinary, Prior, TimeZoneInfo.Utc);
}

internal static class SpoiledQuarters
{
    public static void Spoil(this ref Quarter quarter, double by) => quarter = quarter with { Room = quarter.Room + by };
}
