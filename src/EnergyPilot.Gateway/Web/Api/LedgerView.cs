using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Legal;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Gateway.Web.Api;

/// <summary>A day of the legal ledger for readers elsewhere: temperatures in °C, times in hours. What is unknown is null.</summary>
internal sealed record LedgerView(
    DateOnly Day, double RecordedHours, double? MeanInUseC, double? LimitInUseC, bool AboveLimit, double? MeanEmptyForADayC, double? MeanEmptyForLongC, IReadOnlyList<LedgerZoneView> Zones)
{
    public const int LongestDays = 400, UsualDays = 30;

    public static LedgerView Of(LedgerDay day, Site site) => new(
        day.Day, Hours(day.Recorded), Rounded(day.MeanInUse.Degrees), Rounded(day.LimitInUse.Degrees), day.IsAboveLimit,
        Rounded(day.Mean(Occupancy.EmptyForADay).Degrees), Rounded(day.Mean(Occupancy.EmptyForLong).Degrees),
        [.. day.Zones.Select(z => LedgerZoneView.Of(z, site))]);

    internal static double Hours(TimeSpan time) => Math.Round(time.TotalHours, 3);

    internal static double? Rounded(double value) => double.IsFinite(value) ? Math.Round(value, 2) : null;
}

/// <summary>A zone's day.</summary>
internal sealed record LedgerZoneView(
    string Zone, string Name, double VolumeM3, double? LimitInUseC, LedgerTimeView InUse, LedgerTimeView EmptyForHours, LedgerTimeView EmptyForADay,
    LedgerTimeView EmptyForLong, double WarmUnheatedHours, double BlindHours, IReadOnlyList<LedgerExcessView> Excesses)
{
    public static LedgerZoneView Of(ZoneDay zone, Site site) => new(
        zone.Zone.Name, site.Zones.FirstOrDefault(z => z.Id == zone.Zone)?.Name ?? zone.Zone.Name, Math.Round(zone.VolumeM3, 1), LedgerView.Rounded(zone.Limit.Degrees),
        LedgerTimeView.Of(zone.InUse), LedgerTimeView.Of(zone.EmptyForHours), LedgerTimeView.Of(zone.EmptyForADay), LedgerTimeView.Of(zone.EmptyForLong),
        LedgerView.Hours(zone.WarmUnheated.Time), LedgerView.Hours(TimeSpan.FromMilliseconds(zone.BlindMilliseconds)), [.. zone.Excesses.Select(LedgerExcessView.Of)]);
}

/// <summary>How long, and how warm on average.</summary>
internal sealed record LedgerTimeView(double Hours, double? MeanC)
{
    public static LedgerTimeView Of(TimedSum sum) => new(LedgerView.Hours(sum.Time), LedgerView.Rounded(sum.Mean.Degrees));
}

/// <summary>A time of heating above the limit; its cause as a word.</summary>
internal sealed record LedgerExcessView(
    string Cause, DateTimeOffset From, DateTimeOffset Until, double LimitC, double HighestK, double KelvinHours, double HeatHours, string By, string Note)
{
    public static LedgerExcessView Of(Excess excess) => new(
        FileWords.Of(excess.Cause), excess.From, excess.Until, excess.Limit.Degrees, Math.Round(excess.Highest.Difference, 2), Math.Round(excess.Above.KelvinHours, 3),
        LedgerView.Hours(TimeSpan.FromMilliseconds(excess.HeatMilliseconds)), excess.By, excess.Note);
}
