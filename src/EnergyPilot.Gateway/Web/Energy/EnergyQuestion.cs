using System.Globalization;
using EnergyPilot.Core.Energy;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Gateway.Web.Energy;

/// <summary>Which period of which meter somebody asks for, as it stands in an address: ?period=week&amp;day=2026-11-16&amp;meter=gas.</summary>
/// <param name="Meter">The meter that is shown in detail; null when the school has none.</param>
internal sealed record EnergyQuestion(EnergyPeriod Period, Meter? Meter)
{
    private const string DayForm = "yyyy-MM-dd";

    /// <summary>What cannot be read is this week and the first meter: a page always has an answer.</summary>
    public static EnergyQuestion Of(Site site, DateOnly today, string? period, string? day, string? meter) => new(
        EnergyPeriod.Of(TryLength(period, out var length) ? length : PeriodLength.Week, TryDay(day, out var date) ? date : today),
        site.Meters.FirstOrDefault(m => m.Id == meter) ?? site.Meters.FirstOrDefault());

    public static bool TryLength(string? text, out PeriodLength length) =>
        Enum.TryParse(text, ignoreCase: true, out length) && Enum.IsDefined(length) && !char.IsAsciiDigit(text is [var first, ..] ? first : '0');

    public static bool TryDay(string? text, out DateOnly day) =>
        DateOnly.TryParseExact(text, DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out day) && day >= EnergyPeriod.Earliest && day <= EnergyPeriod.Latest;

    /// <summary>The address of the same with another period or meter.</summary>
    public string Link(EnergyPeriod period) => $"/energy{Query(period, Meter)}";

    public string Link(Meter meter) => $"/energy{Query(Period, meter)}";

    /// <summary>The address of all meters in this period as a file.</summary>
    public string File => $"/energy.csv{Query(Period, null)}";

    private static string Query(EnergyPeriod period, Meter? meter) =>
        $"?period={period.Length.ToString().ToLowerInvariant()}&day={period.First.ToString(DayForm, CultureInfo.InvariantCulture)}{(meter is null ? "" : $"&meter={Uri.EscapeDataString(meter.Id)}")}";
}
