using System.Text.Json;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Legal;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Tests.Core.Control;

namespace EnergyPilot.Tests.Core.Legal;

public sealed class LedgerLaws
{
    private static readonly Site Site = LedgerWorld.Site with { Zones = [.. LedgerWorld.Site.Zones.Take(3)] };

    [Fact]
    public void A_day_is_the_same_in_whatever_pieces_it_was_added_up() => Law.Holds(chance =>
    {
        var (day, cycles) = Any(chance);
        var whole = Folded(day, cycles);
        var (one, two) = (chance.Next(cycles.Count + 1), chance.Next(cycles.Count + 1));
        var (a, b, c) = (cycles[..Math.Min(one, two)], cycles[Math.Min(one, two)..Math.Max(one, two)], cycles[Math.Max(one, two)..]);

        Text(Folded(day, a).Then(Folded(day, b)).Then(Folded(day, c))).ShouldBe(Text(whole));
        Text(Folded(day, a).Then(Folded(day, b).Then(Folded(day, c)))).ShouldBe(Text(whole));
    }, cases: 300);

    [Fact]
    public void A_day_that_was_stored_goes_on_as_if_it_had_not_been() => Law.Holds(chance =>
    {
        var (day, cycles) = Any(chance);
        var cut = chance.Next(cycles.Count + 1);
        var restored = JsonSerializer.Deserialize(Text(Folded(day, cycles[..cut])), StoredJson.Default.LedgerDay) ?? LedgerDay.Empty(day);
        Text(cycles[cut..].Aggregate(restored, Added)).ShouldBe(Text(Folded(day, cycles)));
    }, cases: 300);

    [Fact]
    public void Without_heat_there_is_no_excess() => Law.Holds(chance =>
    {
        var (day, cycles) = Any(chance);
        var cold = cycles.Select(c => c with { Decision = c.Decision with { Demands = [.. c.Decision.Demands.Select(d => d with { Heat = new(0) })] } });
        cold.Aggregate(LedgerDay.Empty(day), Added).Zones.ShouldAllBe(z => z.Excesses.IsEmpty);
    }, cases: 300);

    [Fact]
    public void Every_excess_is_explained_lies_in_its_day_and_is_no_longer_than_it_lasts() => Law.Holds(chance =>
    {
        var (day, cycles) = Any(chance);
        foreach (var excess in Folded(day, cycles).Zones.SelectMany(z => z.Excesses))
        {
            excess.From.ShouldBeGreaterThanOrEqualTo(Site.Instant(day.ToDateTime(default)));
            excess.Until.ShouldBeLessThanOrEqualTo(Site.Instant(day.AddDays(1).ToDateTime(default)));
            excess.Above.Time.ShouldBeLessThanOrEqualTo(excess.Until - excess.From);
            TimeSpan.FromMilliseconds(excess.HeatMilliseconds).ShouldBeLessThanOrEqualTo(excess.Above.Time + TimeSpan.FromMilliseconds(1000));
            if (excess.Cause == ExcessCause.ByHand) excess.By.ShouldNotBeEmpty();
        }
    }, cases: 300);

    [Fact]
    public void The_mean_of_the_building_lies_between_those_of_its_zones() => Law.Holds(chance =>
    {
        var (day, cycles) = Any(chance);
        var folded = Folded(day, cycles);
        var means = folded.Zones.Where(z => z.InUse.Milliseconds > 0).Select(z => z.InUse.Mean.Degrees).ToArray();
        if (means.Length == 0) folded.MeanInUse.Degrees.ShouldBe(double.NaN);
        else folded.MeanInUse.Degrees.ShouldBeInRange(means.Min() - 1e-9, means.Max() + 1e-9);
    }, cases: 300);

    private static string Text(LedgerDay day) => JsonSerializer.Serialize(day, StoredJson.Default.LedgerDay);

    private static LedgerDay Folded(DateOnly day, List<Turn> cycles) => cycles.Aggregate(LedgerDay.Empty(day), Added);

    private static LedgerDay Added(LedgerDay day, Turn cycle) => Ledger.Add(day, cycle.Decision, Site, cycle.Step);

    // Weekdays, weekends and both nights of the clock change; steps of seconds and gaps, over both midnights.
    private static (DateOnly Day, List<Turn> Cycles) Any(Random chance)
    {
        var day = chance.Next(3) switch { 0 => new DateOnly(2027, 3, 28), 1 => new DateOnly(2026, 10, 25), _ => new DateOnly(2026, 11, 2).AddDays(chance.Next(14)) };
        var at = Site.Instant(day.ToDateTime(TimeOnly.MinValue)).AddMinutes(chance.Next(-60, 24 * 60));
        var cycles = new List<Turn>();
        for (var i = 0; i < 60; i++)
        {
            var step = TimeSpan.FromMilliseconds(chance.Next(12) == 0 ? chance.Next(1, 7_200_000) : chance.Next(1, 300_000));
            cycles.Add(new Turn(LedgerWorld.Decision(Site, at += step, _ => Anything(chance)), step));
        }

        return (day, cycles);
    }

    private static Said Anything(Random chance) => new(chance.Next(8) == 0 ? double.NaN : 7 + 14 * chance.NextDouble(), chance.Next(3) == 0 ? 0 : chance.NextDouble())
    {
        Setpoint = chance.Next(8, 22),
        Priority = chance.Next(3) == 0 ? Priority.Operator : Priority.Schedule,
        Reason = Reason.Of(chance.Next(2) == 0 ? ReasonCode.WarmingUp : ReasonCode.InUse, Fact.Of("by", chance.Next(2) == 0 ? "Nadia" : "Luc")),
    };

    private sealed record Turn(Decision Decision, TimeSpan Step);
}
