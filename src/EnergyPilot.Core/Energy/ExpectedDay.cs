namespace EnergyPilot.Core.Energy;

/// <summary>What a day like this usually has taken by some hour.</summary>
/// <param name="Low">One day in ten takes less [kWh or m³].</param>
/// <param name="Usual">Half of the days take less.</param>
/// <param name="High">One day in ten takes more.</param>
/// <param name="Days">From how many days it is told.</param>
public sealed record ExpectedDay(double Low, double Usual, double High, int Days)
{
    private const int LeastDays = 8, MostDays = 30;
    private const double LikeK = 4, AlikeK = 3;

    /// <summary>
    /// From similar days of the past: of the same kind (school day or day off), within 4 K as cold, of the same day of the week where there are enough of them, the latest first.
    /// Where the signature is known each is scaled to today's temperature by it, else they must be within 3 K; where nobody measures outdoors the latest days count.
    /// </summary>
    /// <param name="days">Days before today that are known as a whole, in order of time.</param>
    /// <param name="today">Which day it is.</param>
    /// <param name="outdoorC">Mean outdoor temperature that the whole day will probably have [°C]; may be not a number.</param>
    /// <param name="hour">Full hours that have passed.</param>
    /// <returns>None when there are too few such days.</returns>
    public static ExpectedDay? Of(Signature signature, IReadOnlyList<MeterDay> days, MeterDay today, double outdoorC, int hour)
    {
        var fit = signature.For(today.Use.IsSchoolDay);
        var scales = fit.IsKnown && double.IsFinite(outdoorC);
        var like = days.Where(d => d.Use.IsSchoolDay == today.Use.IsSchoolDay && IsAsCold(d.MeanOutdoor, outdoorC, scales ? LikeK : AlikeK)).ToArray();
        var sameDay = like.Where(d => d.Day.Day.DayOfWeek == today.Day.Day.DayOfWeek).ToArray();
        var chosen = (sameDay.Length >= LeastDays ? sameDay : like).TakeLast(MostDays).ToArray();
        if (chosen.Length < LeastDays) return null;
        var amounts = chosen.Select(d => d.Until(hour) * (scales ? Scale(fit, d.MeanOutdoor, outdoorC) : 1)).Where(double.IsFinite).Order().ToArray();
        return amounts.Length < LeastDays ? null : new(Quantiles.Of(amounts, 0.1), Quantiles.Of(amounts, 0.5), Quantiles.Of(amounts, 0.9), amounts.Length);
    }

    /// <summary>Mean outdoor temperature that a day will probably have: what passed of it, then yesterday's hours, moved to where today stands.</summary>
    public static double Outlook(MeterDay today, MeterDay? yesterday, int hour)
    {
        var passed = today.Outdoor.Take(hour).Where(double.IsFinite).ToArray();
        if (passed.Length == 0) return yesterday?.MeanOutdoor ?? double.NaN;
        if (yesterday is null || !double.IsFinite(yesterday.MeanOutdoor)) return hour >= today.Outdoor.Length / 2 ? passed.Average() : double.NaN;
        var shift = passed.Average() - yesterday.Outdoor.Take(hour).Where(double.IsFinite).DefaultIfEmpty(passed.Average()).Average();
        var ahead = yesterday.Outdoor.Skip(hour).Where(double.IsFinite).Select(t => t + shift);
        return passed.Concat(ahead).Average();
    }

    private static bool IsAsCold(double then, double now, double withinK) => !double.IsFinite(now) || Math.Abs(then - now) <= withinK;

    // Near the balance temperature the signature's day is almost nothing, and its ratio anything.
    private static double Scale(SignatureFit fit, double then, double now) => fit.At(then) is > 0 and var past ? Math.Clamp(fit.At(now) / past, 0.5, 2) : 1;
}
