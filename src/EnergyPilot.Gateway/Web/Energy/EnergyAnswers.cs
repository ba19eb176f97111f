using EnergyPilot.Core.Energy;
using EnergyPilot.Core.Sites;
using static EnergyPilot.Gateway.Web.Api.LearningApi;

namespace EnergyPilot.Gateway.Web.Energy;

/// <summary>The meters in a period; days are those of the school's clocks. What is made up ends at <paramref name="MadeUpUntil"/> (virtual schools only).</summary>
internal sealed record EnergyAnswer(string Period, DateOnly First, DateOnly Last, DateTimeOffset? MadeUpUntil, MeterAnswer[] Meters)
{
    public static EnergyAnswer Of(EnergyPeriod period, Meter[] meters, EnergyDesk energy) => new(
        period.Length.ToString().ToLowerInvariant(), period.First, period.Last, energy.MadeUpUntil, [.. meters.Select(m => MeterAnswer.Of(energy.Of(m, period)))]);
}

/// <summary>One meter; amounts in <paramref name="Unit"/>. Shares add up to 1 and are of what was measured by the hour.</summary>
internal sealed record MeterAnswer(
    string Meter, string Name, string Medium, string Unit, double? Amount, double MeasuredShare, double Unplaced, double? CostEuro, double StandingChargeEuro, double? EmissionsKg,
    double? OutdoorC, UseAnswer? Shares, ComparisonAnswer? Previous, ComparisonAnswer? LastYear, BarAnswer[] Parts)
{
    public static MeterAnswer Of(MeterPeriod period)
    {
        var (meter, account) = (period.Meter, period.Account);
        return new(
            meter.Id, meter.Name, meter.Medium.ToString(), meter.Medium == Core.Sites.Medium.Water ? "m³" : "kWh", Rounded(account.Amount), Math.Round(account.Measured, 4), Math.Round(account.Unplaced, 3),
            Rounded(period.CostEuro), Math.Round(period.StandingEuro, 2), Rounded(period.EmissionsKg), Rounded(account.OutdoorC),
            account.Shares.IsEmpty ? null : UseAnswer.Of(account.Shares, 4), ComparisonAnswer.Of(period.Previous), ComparisonAnswer.Of(period.LastYear), [.. account.Bars.Select(BarAnswer.Of)]);
    }

    private static double? Rounded(double? value) => value is { } number && Known(number) is { } known ? Math.Round(known, 3) : null;
}

/// <summary>By what the school was: in use, or empty in the night, at a weekend, in holidays.</summary>
internal sealed record UseAnswer(double InUse, double Night, double Weekend, double Holiday)
{
    public static UseAnswer Of(IReadOnlyList<double> byUse, int digits) => new(
        Math.Round(byUse[(int)Occupied.InUse], digits), Math.Round(byUse[(int)Occupied.Night], digits), Math.Round(byUse[(int)Occupied.Weekend], digits), Math.Round(byUse[(int)Occupied.Holiday], digits));
}

/// <summary>Beside another period, over the hours that are known in both.</summary>
internal sealed record ComparisonAnswer(int Hours, double Amount, double AmountThen, double? Change, double? OutdoorC, double? OutdoorThenC)
{
    public static ComparisonAnswer? Of(EnergyComparison? c) => c is null ? null : new(c.Hours, Math.Round(c.Now, 3), Math.Round(c.Then, 3), Known(c.Change), Known(Math.Round(c.OutdoorNowC, 2)), Known(Math.Round(c.OutdoorThenC, 2)));
}

/// <summary>An hour, a day or a month; its use is null in a gap.</summary>
internal sealed record BarAnswer(DateTimeOffset From, DateTimeOffset To, double? Amount, double MeasuredShare, UseAnswer? Use, double? OutdoorC)
{
    public static BarAnswer Of(EnergyBar bar) => new(
        bar.From.ToUniversalTime(), bar.To.ToUniversalTime(), Known(Math.Round(bar.Amount, 3)), Math.Round(bar.Measured, 4), bar.IsGap ? null : UseAnswer.Of(bar.ByUse, 3), Known(Math.Round(bar.OutdoorC, 2)));
}

/// <summary>Today until a full hour; usual is null while nobody can tell.</summary>
internal sealed record TodayAnswer(string Meter, string Unit, DateTimeOffset? Until, double? Amount, double? UsualLow, double? Usual, double? UsualHigh, int FromDays)
{
    public static TodayAnswer Of(Meter meter, TodaySoFar? today) => new(
        meter.Id, meter.Medium == Medium.Water ? "m³" : "kWh", today?.Until.ToUniversalTime(), Rounded(today?.Amount),
        Rounded(today?.Usual?.Low), Rounded(today?.Usual?.Usual), Rounded(today?.Usual?.High), today?.Usual?.Days ?? 0);

    private static double? Rounded(double? value) => value is { } number ? Math.Round(number, 3) : null;
}

/// <summary>The energy signature of a meter: E = base + slope · max(0, balance − outdoor), and the days that it was fitted to.</summary>
internal sealed record SignatureAnswer(string Meter, FitAnswer SchoolDays, FitAnswer DaysOff, SignaturePoint[] Days)
{
    public static SignatureAnswer Of(Meter meter, Signature signature) => new(
        meter.Id, FitAnswer.Of(signature.School), FitAnswer.Of(signature.Off),
        [.. signature.Days.Select(d => new SignaturePoint(d.Day, Math.Round(d.OutdoorC, 2), Math.Round(d.Kwh, 2), d.IsSchoolDay))]);
}

/// <summary>One fit; its figures are null while it is not known, and <paramref name="State"/> says why.</summary>
internal sealed record FitAnswer(string State, double? BaseKwhPerDay, double? SlopeKwhPerKelvinDay, double? BalanceC, double? R2, double? CvRmse, int Days, int HeatingDays, int LeftOutDays)
{
    public static FitAnswer Of(SignatureFit fit) => fit.IsKnown
        ? new(fit.State.ToString(), Math.Round(fit.BaseKwh, 2), Math.Round(fit.SlopeKwhPerK, 3), fit.BalanceC, Math.Round(fit.R2, 4), Math.Round(fit.CvRmse, 4), fit.Days, fit.HeatingDays, fit.LeftOut)
        : new(fit.State.ToString(), null, null, null, null, null, fit.Days, fit.HeatingDays, fit.LeftOut);
}

/// <summary>One day of a signature.</summary>
internal sealed record SignaturePoint(DateOnly Day, double OutdoorC, double Kwh, bool IsSchoolDay);
