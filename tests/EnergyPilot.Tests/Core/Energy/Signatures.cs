using EnergyPilot.Core.Energy;
using EnergyPilot.Tests.Core.Control;

namespace EnergyPilot.Tests.Core.Energy;

public sealed class Signatures
{
    [Fact]
    public void A_known_signature_is_found_again_in_noisy_days() => Law.Holds(chance =>
    {
        var (level, slope, balance) = (20 + chance.NextDouble() * 100, 15 + chance.NextDouble() * 60, 12 + chance.NextDouble() * 5);
        var fit = Signature.Of(Year(chance, level, slope, balance, noise: 0.06)).School;
        fit.State.ShouldBe(SignatureState.Known);
        fit.SlopeKwhPerK.ShouldBe(slope, 0.1 * slope);
        fit.BalanceC.ShouldBe(balance, 1.5);
        fit.At(0).ShouldBe(level + slope * balance, 0.06 * (level + slope * balance));
        fit.R2.ShouldBeGreaterThan(0.85);
    }, 60);

    [Fact]
    public void Odd_days_do_not_pull_the_line() => Law.Holds(chance =>
    {
        var days = Year(chance, 40, 40, 15, noise: 0.04).ToArray();
        for (var i = 0; i < days.Length; i += 20) days[i] = days[i] with { Kwh = chance.Next(2) == 0 ? 4000 : 0 };
        var fit = Signature.Of(days).School;
        fit.State.ShouldBe(SignatureState.Known);
        fit.SlopeKwhPerK.ShouldBe(40, 4);
        fit.BalanceC.ShouldBe(15, 1.5);
        fit.LeftOut.ShouldBeGreaterThan(5);
    }, 40);

    [Fact]
    public void School_days_and_days_off_have_lines_of_their_own()
    {
        var chance = new Random(1);
        var signature = Signature.Of([.. Year(chance, 50, 40, 15, 0.05), .. Year(chance, 30, 10, 8, 0.05).Select(d => d with { IsSchoolDay = false })]);
        signature.For(true).SlopeKwhPerK.ShouldBe(40, 4);
        signature.For(false).SlopeKwhPerK.ShouldBe(10, 1.5);
        signature.For(false).BalanceC.ShouldBe(8, 1.5);
    }

    [Fact]
    public void Too_few_cold_days_are_not_enough()
    {
        var fit = Signature.Of(Year(new Random(1), 20, 40, 15, 0.02).Where(d => d.OutdoorC < 15).Take(SignatureFit.LeastHeatingDays - 1)).School;
        fit.State.ShouldBe(SignatureState.TooFewDays);
        double.IsNaN(fit.At(5)).ShouldBeTrue("what is not known has no value");
        Signature.Of([]).School.State.ShouldBe(SignatureState.TooFewDays);
    }

    [Fact]
    public void Days_that_are_all_as_cold_tell_no_slope() =>
        Signature.Of(Enumerable.Range(0, 60).Select(i => new SignatureDay(new DateOnly(2026, 1, 1).AddDays(i), 4 + i % 5, 500, true))).School.State.ShouldBe(SignatureState.TooLittleWeather);

    [Fact]
    public void Light_does_not_depend_on_the_weather()
    {
        var chance = new Random(3);
        Signature.Of(Year(chance, 60, 0, 15, 0.2)).School.State.ShouldBe(SignatureState.HardlyWeather);
    }

    [Fact]
    public void What_is_not_rare_is_not_left_out()
    {
        var days = Year(new Random(6), 30, 30, 15, 0.001).Select((d, i) => i % 3 == 0 ? d with { Kwh = 1.5 * d.Kwh } : d);
        var fit = Signature.Of(days).School;
        (fit.State, fit.LeftOut).ShouldBe((SignatureState.Known, 0));
        fit.SlopeKwhPerK.ShouldBeInRange(31, 40);
    }

    [Fact]
    public void Wild_consumption_is_not_called_a_signature()
    {
        var chance = new Random(4);
        var days = Year(chance, 20, 20, 15, 0).Select(d => d with { Kwh = Math.Max(0, d.Kwh + chance.Next(-220, 220)) });
        Signature.Of(days).School.State.ShouldBeOneOf(SignatureState.PoorFit, SignatureState.HardlyWeather);
    }

    private static IEnumerable<SignatureDay> Year(Random chance, double level, double slope, double balance, double noise)
    {
        for (var i = 0; i < 365; i++)
        {
            var outdoor = 11 - 9 * Math.Cos(2 * Math.PI * i / 365) + (chance.NextDouble() - 0.5) * 10;
            var kwh = level + slope * Math.Max(0, balance - outdoor);
            yield return new(new DateOnly(2026, 1, 15).AddDays(i), outdoor, kwh * (1 + noise * 2 * (chance.NextDouble() - 0.5) * 1.7), true);
        }
    }
}
