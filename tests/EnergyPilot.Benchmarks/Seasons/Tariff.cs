namespace EnergyPilot.Benchmarks.Seasons;

/// <summary>What a kilowatt-hour of the heat source's energy costs, hour by hour.</summary>
internal sealed record Tariff
{
    private const int HoursPerDay = 24;
    private const double DynamicMean = 0.20;

    // Shape of a winter weekday on the day-ahead market: cheap nights, a morning and a higher evening peak.
    private static readonly double[] Weekday =
    [
        0.62, 0.58, 0.55, 0.54, 0.57, 0.70, 0.98, 1.32, 1.42, 1.25, 1.08, 1.00,
        0.96, 0.92, 0.92, 0.98, 1.12, 1.42, 1.60, 1.52, 1.28, 1.05, 0.88, 0.74,
    ];

    private readonly Func<DateTimeOffset, double> euroPerKwh;

    private Tariff(string name, Func<DateTimeOffset, double> euroPerKwh) => (Name, this.euroPerKwh) = (name, euroPerKwh);

    /// <summary>For the season's highest hour: what is subscribed must cover it.</summary>
    public double EuroPerKw { get; private init; }

    public static Tariff Gas { get; } = Flat("gas 0.10 €/kWh", 0.10);

    /// <summary>In two parts as French networks have it: heat (R1) and subscribed power (R2), here nearly a quarter of the bill.</summary>
    public static Tariff District { get; } = Flat("district heat 0.11 €/kWh and 40 €/kW", 0.11) with { EuroPerKw = 40 };

    public static Tariff Electricity { get; } = Flat("electricity 0.20 €/kWh", DynamicMean);

    /// <summary>
    /// Like hourly day-ahead prices passed on to a customer: 0.20 €/kWh on average, two peaks on weekdays, weekends a fifth
    /// cheaper and flatter, each day and hour a little different (seeded, ±25 % and ±10 %), never below 0.02.
    /// </summary>
    public static Tariff Dynamic { get; } = new("electricity, hourly, 0.20 €/kWh on average", DayAhead);

    public string Name { get; }

    public double EuroPerKwh(DateTimeOffset at) => euroPerKwh(at);

    private static Tariff Flat(string name, double price) => new(name, _ => price);

    private static double DayAhead(DateTimeOffset at)
    {
        var winter = at.ToOffset(TimeSpan.FromHours(1));
        var day = DateOnly.FromDateTime(winter.Date).DayNumber;
        var hour = winter.Hour;
        var shape = Weekday[hour];
        if (winter.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) shape = 0.8 * (0.4 + 0.6 * shape);
        var ofDay = 1 + 0.25 * Noise(day);
        var ofHour = 1 + 0.10 * Noise(100_000_000 + day * HoursPerDay + hour);
        return Math.Max(0.02, DynamicMean * 1.055 * shape * ofDay * ofHour);
    }

    /// <summary>Evenly spread in [-1, 1], the same for the same number: the finaliser of SplitMix64 (Steele, Lea, Flood 2014).</summary>
    private static double Noise(long number)
    {
        var z = unchecked((ulong)number * 0x9E3779B97F4A7C15);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return ((z ^ (z >> 31)) >> 11) * (2.0 / (1UL << 53)) - 1;
    }
}
