using System.Globalization;
using System.IO.Compression;

namespace EnergyPilot.Simulation.Weather;

/// <summary>
/// A year of hourly weather that answers for any instant of any year, by month, day and time in local standard time.
/// Rows follow the EPW clock, hour ending: row k stands k+1 hours after New Year, without daylight saving; in between is
/// linear. SOURCES.md beside the data says why that holds for the irradiance of the shipped year too.
/// 29 February repeats 28 February.
/// </summary>
public sealed class TypicalYear
{
    public const int HoursPerYear = 8760;

    private const int HoursToEndOfFebruary = (31 + 28) * 24;
    private readonly WeatherSample[] hours;
    private readonly TimeSpan standardOffset;

    /// <param name="hours">8760 rows in EPW order.</param>
    /// <param name="standardOffset">Offset of the rows' clock from UTC.</param>
    public TypicalYear(IReadOnlyList<WeatherSample> hours, TimeSpan standardOffset)
    {
        if (hours.Count != HoursPerYear)
            throw new ArgumentException($"A typical year has {HoursPerYear} hours, found {hours.Count}.", nameof(hours));
        this.hours = [.. hours];
        this.standardOffset = standardOffset;
    }

    /// <summary>Rows in EPW order.</summary>
    public ReadOnlySpan<WeatherSample> Hours => hours;

    /// <summary>The shipped year: Uccle TMYx 2007-2021, UTC+1 (see SOURCES.md beside the data).</summary>
    public static TypicalYear Uccle { get; } = new(ReadUccle(), TimeSpan.FromHours(1));

    /// <summary>The same weather at every hour, for calculations that can be checked by hand.</summary>
    public static TypicalYear Constant(WeatherSample always) => new(Enumerable.Repeat(always, HoursPerYear).ToArray(), TimeSpan.Zero);

    public TypicalYear With(WeatherVariant variant) => new(hours.Select(hour => Apply(variant, hour)).ToArray(), standardOffset);

    public WeatherSample At(DateTimeOffset instant)
    {
        var row = HourOfYear(instant) - 1.0;
        var floor = Math.Floor(row);
        var index = ((int)floor + HoursPerYear) % HoursPerYear;
        ref readonly var before = ref hours[index];
        ref readonly var after = ref hours[(index + 1) % HoursPerYear];
        var share = row - floor;
        return new WeatherSample(
            Between(before.TemperatureC, after.TemperatureC, share),
            Between(before.GlobalHorizontalWPerM2, after.GlobalHorizontalWPerM2, share),
            Between(before.DirectNormalWPerM2, after.DirectNormalWPerM2, share),
            Between(before.DiffuseHorizontalWPerM2, after.DiffuseHorizontalWPerM2, share),
            Between(before.WindMPerS, after.WindMPerS, share));
    }

    private double HourOfYear(DateTimeOffset instant)
    {
        var local = instant.UtcDateTime + standardOffset;
        var hour = (local.DayOfYear - 1) * 24 + local.TimeOfDay.TotalHours;
        return DateTime.IsLeapYear(local.Year) && hour >= HoursToEndOfFebruary ? hour - 24.0 : hour;
    }

    private static double Between(double before, double after, double share) => before + (after - before) * share;

    private static WeatherSample Apply(WeatherVariant variant, WeatherSample hour) => new(
        hour.TemperatureC + variant.TemperatureOffsetK,
        hour.GlobalHorizontalWPerM2 * variant.IrradianceFactor,
        hour.DirectNormalWPerM2 * variant.IrradianceFactor,
        hour.DiffuseHorizontalWPerM2 * variant.IrradianceFactor,
        hour.WindMPerS * variant.WindFactor);

    private static List<WeatherSample> ReadUccle()
    {
        using var resource = typeof(TypicalYear).Assembly.GetManifestResourceStream("uccle.csv.gz")
            ?? throw new InvalidOperationException("The assembly was built without its weather, uccle.csv.gz.");
        using var reader = new StreamReader(new GZipStream(resource, CompressionMode.Decompress));
        reader.ReadLine();
        var rows = new List<WeatherSample>(HoursPerYear);
        while (reader.ReadLine() is { } line)
            rows.Add(ParseRow(line));
        return rows;
    }

    private static WeatherSample ParseRow(string line)
    {
        var fields = line.Split(',');
        return new WeatherSample(Number(fields[0]), Number(fields[1]), Number(fields[2]), Number(fields[3]), Number(fields[4]));
    }

    private static double Number(string field) => double.Parse(field, CultureInfo.InvariantCulture);
}
