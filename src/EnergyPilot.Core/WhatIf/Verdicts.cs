using System.Collections.Immutable;
using EnergyPilot.Core.Energy;
using EnergyPilot.Core.Legal;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Core.WhatIf;

/// <summary>Makes an answer of the runs of a study.</summary>
public static class Verdicts
{
    // How far differences that the models answered lay from those that the virtual school really made, as a standard deviation of their logarithm: the verb
    // what-if of the benchmarks, eight questions from October to February, 0.42. It is spread over the draws so that each is as likely as the others.
    private const double TrialSpread = 0.45;
    private static readonly ImmutableArray<double> Strata = [0.549, -0.549, 1.73, -1.73, 0.105, -0.105, 1.15, -1.15, 0.319, -0.319, 0.812, -0.812];

    // Within these a difference between models and meter is one of calibration; beyond them it is another building.
    private const double LeastFactor = 0.4, MostFactor = 2.5, LeastDays = 7, LeastKwh = 100;

    /// <param name="runs">All of them, the most probable one first.</param>
    public static Answer Of(Study study, IReadOnlyList<RunPair> runs)
    {
        var (grounds, site) = (study.Grounds, study.Grounds.Site);
        var tariff = Tariff.Of(site);
        var (metered, factor) = FactorOf(grounds.Past, runs[0]);
        var before = runs.Select(r => Season.Of(site, r.Before, tariff, Factor(r))).ToArray();
        var saved = runs.Select((r, i) => before[i].Less(Season.Of(study.Changed, r.After, tariff, Factor(r))).Times(Trial(i))).ToArray();
        var after = before.Zip(saved, (b, s) => b.Less(s)).ToArray();
        return new Answer(
            study.Question, Of(before), Of(after), Of(saved), Zones(study, runs[0]), metered, factor, LearnedDays(study),
            Warnings(study), grounds.Weather.MeasuredDays, grounds.Weather.TypicalDays);

        // Each draw is set against the meter for itself: what the past has shown is known, whatever the models leave open.
        double Factor(RunPair run) => metered == Metered.Scaled ? FactorOf(grounds.Past, run).Factor : 1;
    }

    private static double Trial(int draw) => draw == 0 ? 1 : Math.Exp(TrialSpread * Strata[(draw - 1) % Strata.Length]);

    private static (Metered Metered, double Factor) FactorOf(MeteredPast? past, RunPair run)
    {
        var modelled = run.Before.Sum(z => z.PastKwh);
        if (past is null || (past.Until - past.From).TotalDays < LeastDays || !(past.Kwh > LeastKwh) || !(modelled > LeastKwh)) return (Metered.No, 1);
        var factor = past.Kwh / modelled;
        return factor is >= LeastFactor and <= MostFactor ? (Metered.Scaled, factor) : (Metered.TooFar, Math.Clamp(factor, LeastFactor, MostFactor));
    }

    private static Amounts Of(Season[] seasons) => new(
        Of(seasons, s => s.HeatKwh), Of(seasons, s => s.EnergyKwh), Of(seasons, s => s.Euro), Of(seasons, s => s.Co2Kg),
        Of(seasons, s => s.ColdHours), Of(seasons, s => s.ColdKelvinHours), Of(seasons, s => s.LateMornings));

    // Eight of ten draws, and the most probable models always among them.
    private static Likely Of(Season[] seasons, Func<Season, double> amount)
    {
        var (middle, draws) = (amount(seasons[0]), seasons.Select(amount).Order().ToArray());
        return new Likely(middle, Math.Min(Quantiles.Of(draws, 0.1), middle), Math.Max(Quantiles.Of(draws, 0.9), middle));
    }

    private static ImmutableArray<ZoneOutcome> Zones(Study study, RunPair run) =>
    [
        .. study.Grounds.Site.Zones.Select((zone, i) => new ZoneOutcome(
            zone.Id, run.Before[i].HeatKwh, run.After[i].HeatKwh, run.Before[i].ColdHours, run.After[i].ColdHours,
            run.Before[i].ColdKelvinHours, run.After[i].ColdKelvinHours, study.Grounds.Zones[i].Spread.Learned.Days)),
    ];

    private static double LearnedDays(Study study) => study.Grounds.Zones
        .Where(z => study.Question.Changes.Any(c => c.IsFor(z.Zone)) && study.Grounds.Site.Zones.Any(s => s.Id == z.Zone && s.Fabric.RadiatorPower.Value > 0))
        .Select(z => z.Spread.Learned.Days).DefaultIfEmpty(0).Min();

    private static ImmutableArray<LegalWarning> Warnings(Study study)
    {
        var (before, after) = (Broken(study, study.Grounds.Site), Broken(study, study.Changed));
        return [.. Enum.GetValues<LegalWarning>().Where(w => after[(int)w] > before[(int)w] + 1e-9)];
    }

    // By how much the setpoints are above the law: in use on average by volume as the law has it, while empty in the zone that is worst.
    private static double[] Broken(Study study, Site site)
    {
        var bound = site.Zones.Where(z => z.Limits.Apply).ToArray();
        var volume = bound.Sum(z => z.VolumeM3);
        var days = site.Exceptions.Skip(study.Grounds.Site.Exceptions.Length).ToArray();
        return
        [
            volume > 0 ? Math.Max(bound.Sum(z => z.VolumeM3 * (z.Setpoints.Comfort.Degrees - z.Limits.InUse.Degrees)) / volume, 0) : 0,
            bound.Select(z => z.Setpoints.Reduced.Degrees - z.Limits.Of(Occupancy.EmptyForADay).Degrees).Append(0).Max(),
            bound.SelectMany(z => days.Where(d => d.Zones.IsEmpty || d.Zones.Contains(z.Id)).Select(d => d.Setpoint).Append(z.Setpoints.Absence)
                .Select(t => (t?.Degrees ?? double.NegativeInfinity) - z.Limits.Of(Occupancy.EmptyForLong).Degrees)).Append(0).Max(),
        ];
    }

    // One run's season, all zones together.
    private sealed record Season(double HeatKwh, double EnergyKwh, double Euro, double Co2Kg, double ColdHours, double ColdKelvinHours, double LateMornings)
    {
        public static Season Of(Site site, RoomTotals[] rooms, Tariff tariff, double factor)
        {
            var (water, electric) = (0.0, 0.0);
            for (var i = 0; i < rooms.Length; i++)
                if (site.Circuits.First(c => c.Id == site.Zones[i].Circuit).Emitter == Emitter.Electric) electric += rooms[i].EnergyKwh;
                else water += factor * rooms[i].EnergyKwh;
            return new Season(
                rooms.Sum(r => r.HeatKwh), water + electric, tariff.Euro(water, electric), tariff.Co2Kg(water, electric),
                rooms.Sum(r => r.ColdHours), rooms.Sum(r => r.ColdKelvinHours), rooms.Sum(r => r.LateMornings));
        }

        /// <summary>A difference whose energy the models may have seen too small or too large.</summary>
        public Season Times(double factor) => this with { HeatKwh = HeatKwh * factor, EnergyKwh = EnergyKwh * factor, Euro = Euro * factor, Co2Kg = Co2Kg * factor };

        public Season Less(Season other) => new(
            HeatKwh - other.HeatKwh, EnergyKwh - other.EnergyKwh, Euro - other.Euro, Co2Kg - other.Co2Kg,
            ColdHours - other.ColdHours, ColdKelvinHours - other.ColdKelvinHours, LateMornings - other.LateMornings);
    }
}

/// <summary>What the energy of the source, and electricity, cost and emit by the meters of the site file.</summary>
public sealed record Tariff(Meter? Source, Meter? Electricity)
{
    public static Tariff Of(Site site) => new(
        site.Meters.FirstOrDefault(m => m.Medium == MediumOf(site.Boiler.Kind)), site.Meters.FirstOrDefault(m => m.Medium == Medium.Electricity));

    /// <summary>What a source of this kind draws.</summary>
    public static Medium MediumOf(HeatSourceKind kind) => kind switch
    {
        HeatSourceKind.HeatPump => Medium.Electricity,
        HeatSourceKind.DistrictHeating => Medium.Heat,
        _ => Medium.Gas,
    };

    internal double Euro(double sourceKwh, double electricKwh) => Price(sourceKwh, Source?.EuroPerKwh) + Price(electricKwh, Electricity?.EuroPerKwh);

    internal double Co2Kg(double sourceKwh, double electricKwh) => (Price(sourceKwh, Source?.GramsCo2PerKwh) + Price(electricKwh, Electricity?.GramsCo2PerKwh)) / 1000;

    // What nobody buys has no unknown price.
    private static double Price(double kwh, double? each) => kwh.Equals(0) ? 0 : each is > 0 ? kwh * each.Value : double.NaN;
}
