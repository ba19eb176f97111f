using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Forecasts;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Tests.Core.Control;

/// <summary>Windows open for the cool of a summer night; 2026-06-09, a Tuesday, the school's clocks two hours ahead of UTC.</summary>
public sealed class NightCoolingRules
{
    private static readonly DateTimeOffset Six = new(2026, 6, 9, 16, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 27, 19, double.NaN, true)]
    [InlineData(-1, 27, 19, double.NaN, false)]
    [InlineData(0, 25, 19, double.NaN, false)]
    [InlineData(0, 27, 15, double.NaN, false)]
    [InlineData(0, 27, 24, double.NaN, false)]
    [InlineData(0, 27, 26, 17, true)]
    [InlineData(0, 27, 19, 23.5, false)]
    [InlineData(239, 27, 19, double.NaN, true)]
    [InlineData(241, 27, 19, double.NaN, false)]
    public void Room_still_hot_in_the_evening_is_to_be_cooled_by_a_cool_night(int minutes, double room, double outdoor, double forecast, bool told)
    {
        var at = Six.AddMinutes(minutes);
        var advice = Decide(new DemoWorld(room, outdoor), at, forecast, Memory.Empty).Air.Where(a => a.Zone == DemoWorld.Cp.Id).SelectMany(a => a.Advice);
        advice.Any(a => a.Code == ReasonCode.CoolAtNight).ShouldBe(told);
    }

    [Fact]
    public void What_the_night_has_cooled_is_not_heated_away_before_six_unless_it_is_cold()
    {
        var evening = Decide(new DemoWorld(27, 19), Six, double.NaN, Memory.Empty);
        var night = evening.Memory with { OutdoorDay = 10, Resting = SummerState.Heating };
        Heat(18.2, night, 11.9).ShouldBe((0, ReasonCode.CoolAtNight));
        Heat(17.9, night, 11.9).Item2.ShouldNotBe(ReasonCode.CoolAtNight);
        Heat(18.2, night, 12.1).Item2.ShouldNotBe(ReasonCode.CoolAtNight);

        static (double, ReasonCode) Heat(double room, Memory memory, double hours)
        {
            var demand = Decide(new DemoWorld(room, 10), Six.AddHours(hours), double.NaN, memory).Demand(DemoWorld.Cp);
            return (demand.Heat.Value, demand.Reason.Code);
        }
    }

    private static Decision Decide(DemoWorld world, DateTimeOffset at, double forecast, Memory memory)
    {
        var outlook = new Outlook(Six.AddHours(-2), [.. Enumerable.Repeat(new OutlookHour(forecast, double.NaN, double.NaN, double.NaN), 30)]);
        return Pilot.Decide(DemoWorld.Site, world.At(at) with { Knowledge = Knowledge.None with { Outlook = outlook } }, memory);
    }
}
