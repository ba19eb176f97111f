using EnergyPilot.Core.Learning;

namespace EnergyPilot.Tests.Core.Learning;

/// <summary>Zones anywhere in the prior's box, and days of them as a school would see them.</summary>
internal static class RandomZone
{
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Each parameter within so many standard deviations of the prior.</summary>
    public static ZoneModel Of(Random chance, double deviations = 3)
    {
        var values = ZoneModel.Prior.Values.Select((value, i) => value * Math.Exp(deviations * ZoneModel.Spread[i] * (2 * chance.NextDouble() - 1)));
        return ZoneModel.Of(values.ToArray());
    }

    public static ZoneState State(Random chance) => new(5 + 20 * chance.NextDouble(), 5 + 20 * chance.NextDouble(), 5 + 20 * chance.NextDouble());

    public static ZoneDrive Drive(Random chance) => new(
        -15 + 35 * chance.NextDouble(), 1.3 * chance.NextDouble(), chance.NextDouble(), chance.NextDouble(), chance.NextDouble(), chance.Next(2), 0);

    /// <summary>
    /// School days of a zone: warm-up from six o'clock, people from eight to five, free nights; weather and sun vary, readings have noise
    /// of ±0.025 K. The truth is integrated by <see cref="SlowZone"/>.
    /// </summary>
    public static Quarter[] Days(ZoneModel truth, int days, Random chance, double noise = 0.025)
    {
        var state = new ZoneState(18, 18, 18);
        var quarters = new Quarter[96 * days];
        for (var i = 0; i < quarters.Length; i++)
        {
            var drive = SchoolDrive(i, state.Air, chance);
            state = SlowZone.After(truth, state, drive, Observer.Hours);
            quarters[i] = new Quarter(Start.AddMinutes(15 * (i + 1)), state.Air + noise * (2 * chance.NextDouble() - 1), drive, QuarterWorth.Good);
        }

        return quarters;
    }

    private static ZoneDrive SchoolDrive(int quarter, double air, Random chance)
    {
        var (day, hour) = (quarter / 96, quarter % 96 / 4.0);
        var open = day % 7 < 5;
        var heat = open && hour is >= 6 and < 17 ? Math.Clamp(1.2 * (20.5 - air), 0, 0.9) : air < 12 ? 0.4 : 0;
        var bright = (1 + Math.Sin(day * 1.7)) / 2 * Math.Max(0, Math.Sin((hour - 8) / 9 * Math.PI));
        return new ZoneDrive
        {
            Outdoor = 5 + 5 * Math.Sin(day * 0.6) + 3 * Math.Sin((hour - 9) / 12 * Math.PI),
            Emission = heat * (0.9 + 0.2 * chance.NextDouble()),
            SunEast = hour < 12 ? bright : 0,
            SunSouth = bright,
            SunWest = hour > 13 ? bright : 0,
            People = open && hour is >= 8 and < 17 ? 1 : 0,
        };
    }
}
