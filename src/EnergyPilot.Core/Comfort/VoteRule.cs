using System.Collections.Immutable;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Comfort;

/// <summary>
/// From votes to a suggested setpoint. Each vote names the temperature at which its giver would feel neutral by the slope of Griffiths: half a point of the scale per
/// kelvin (Griffiths 1990; 0.5 /K after Humphreys, Rijal and Nicol, Building and Environment 63, 2013). Their mean is drawn towards "no change" as if so many more had been
/// content, so that few votes move little. Votes of a quarter of an hour count as one, a day as three moments at most: whoever taps often is not heard more.
/// </summary>
public static class VoteRule
{
    /// <summary>Only votes of so many days count.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(14);

    /// <summary>Farther than this from its target a room says nothing about the target.</summary>
    public static readonly Kelvin Near = new(0.7);

    /// <summary>Votes never move a setpoint further than this from where people had set it.</summary>
    public static readonly Kelvin Farthest = new(1);

    /// <summary>Fewer moments or days than these are chance.</summary>
    public const int LeastMoments = 5, LeastDays = 3;

    private const double GriffithsPerKelvin = 0.5, PriorMoments = 5, StepK = 0.5, MostPerDay = 3, OppositeAtMost = 0.25, MissedAtMost = 0.5, Rounding = 1e-9;

    // A vote at another setpoint, by hand or before it was changed, says nothing about this one.
    private static readonly Kelvin SameTarget = new(0.25);

    /// <param name="votes">Those of one room, in any order.</param>
    /// <param name="local">The school's clocks, for telling days apart.</param>
    public static ComfortSuggestion Of(IEnumerable<ComfortVote> votes, SetpointBounds bounds, DateTimeOffset now, Func<DateTimeOffset, DateTime> local)
    {
        List<ComfortVote> counted = [.. votes.Where(v => v.InUse && v.At <= now && now - v.At <= Window && IsWithin(v.Target - bounds.Comfort, SameTarget))];
        Moment[] moments = [.. counted.Where(IsNear).GroupBy(v => ComfortVote.SlotOf(v.At)).Select(g => Moment.Of(g, DateOnly.FromDateTime(local(g.Key))))];
        var missed = counted.Where(v => !IsNear(v)).Select(v => ComfortVote.SlotOf(v.At)).Distinct().Count();
        var tally = Tally.Of(moments);
        var counts = new VoteCounts(counted.Count, moments.Length, tally.Days, missed, Share.Of(tally.Cold), Share.Of(tally.Warm));
        var isEnough = moments.Length >= LeastMoments && tally.Days >= LeastDays;
        var (verdict, shift) = missed > MissedAtMost * (missed + moments.Length) && missed + moments.Length >= LeastMoments ? (ComfortVerdict.NotReached, 0)
            : counted.Count == 0 ? (ComfortVerdict.NoVotes, 0)
            : !isEnough ? (ComfortVerdict.TooFew, 0)
            : Judge(tally, bounds);
        return new ComfortSuggestion(
            verdict, new Kelvin(shift), bounds.Comfort + new Kelvin(shift), isEnough ? bounds.Comfort + new Kelvin(tally.Wish) : new Celsius(double.NaN), counts);
    }

    private static (ComfortVerdict Verdict, double ShiftK) Judge(Tally tally, SetpointBounds bounds)
    {
        var wished = Steps(tally.Wish);
        if (wished == 0) return (Math.Min(tally.Cold, tally.Warm) > OppositeAtMost ? ComfortVerdict.Divided : ComfortVerdict.Content, 0);
        if ((wished > 0 ? tally.Warm : tally.Cold) > OppositeAtMost) return (ComfortVerdict.Divided, 0);

        var given = bounds.Given.Difference;
        var left = wished > 0 ? Math.Max(0, Steps(Farthest.Difference - given)) : Math.Min(0, Steps(-Farthest.Difference - given));
        var allowed = wished > 0 ? Math.Max(0, Steps((bounds.Highest - bounds.Comfort).Difference)) : Math.Min(0, Steps((bounds.Lowest - bounds.Comfort).Difference));
        if (wished > 0) return Math.Min(wished, Math.Min(left, allowed)) is > 0 and var up ? (ComfortVerdict.Raise, up) : (allowed <= 0 ? ComfortVerdict.LegalLimit : ComfortVerdict.FarEnough, 0);
        return Math.Max(wished, Math.Max(left, allowed)) is < 0 and var down ? (ComfortVerdict.Lower, down) : (ComfortVerdict.FarEnough, 0);
    }

    // Towards no change.
    private static double Steps(double kelvin) => Math.Truncate(Math.Clamp(kelvin, -10, 10) / StepK + Math.CopySign(Rounding, kelvin)) * StepK;

    private static bool IsNear(ComfortVote vote) => IsWithin(vote.Room - vote.Target, Near);

    private static bool IsWithin(Kelvin difference, Kelvin most) => Math.Abs(difference.Difference) < most.Difference;

    /// <summary>A quarter of an hour in which somebody voted: its shares of cold and warm.</summary>
    private readonly record struct Moment(DateOnly Day, double Cold, double Warm)
    {
        public static Moment Of(IEnumerable<ComfortVote> votes, DateOnly day)
        {
            ImmutableArray<ComfortVote> all = [.. votes];
            return new(day, (double)all.Count(v => v.Feeling == Feeling.TooCold) / all.Length, (double)all.Count(v => v.Feeling == Feeling.TooWarm) / all.Length);
        }
    }

    /// <summary>All moments together, each day weighing three at most.</summary>
    /// <param name="Wish">By how much people would be warmer [K].</param>
    private readonly record struct Tally(int Days, double Cold, double Warm, double Wish)
    {
        public static Tally Of(Moment[] moments)
        {
            var (days, weight, cold, warm) = (0, 0.0, 0.0, 0.0);
            foreach (var day in moments.GroupBy(m => m.Day))
            {
                var weighs = Math.Min(day.Count(), MostPerDay);
                (days, weight) = (days + 1, weight + weighs);
                (cold, warm) = (cold + weighs * day.Average(m => m.Cold), warm + weighs * day.Average(m => m.Warm));
            }

            return days == 0 ? default : new Tally(days, cold / weight, warm / weight, (cold - warm) / GriffithsPerKelvin / (weight + PriorMoments));
        }
    }
}
