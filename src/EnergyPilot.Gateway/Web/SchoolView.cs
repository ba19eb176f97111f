using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Web.School;

namespace EnergyPilot.Gateway.Web;

/// <summary>What the page shows of one cycle, in no language yet.</summary>
/// <param name="Alarms">Worst first, then oldest first.</param>
/// <param name="MeanRoom">Over the zones that can be measured, weighted by volume as French law counts (R.241-26).</param>
internal sealed record SchoolView(
    CycleRecord Record, ImmutableArray<Alarm> Alarms, ImmutableArray<ZoneView> Zones, Celsius MeanRoom, Reading Outdoor,
    BoilerView Boiler, ImmutableArray<CircuitView> Circuits, ImmutableArray<MeterView> Meters)
{
    /// <summary>Beyond this age a cycle no longer tells how the school is now.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The floors of the school; none when nobody drew any.</summary>
    public ImmutableArray<FloorPlan> Plans { get; init; } = [];

    public DateTimeOffset At => Record.Decision.At;

    public Health HealthAt(DateTimeOffset now)
    {
        if (now - At > Patience) return Health.Silent;
        return Alarms.Select(a => a.Severity).DefaultIfEmpty(Severity.Notice).Max() switch
        {
            Severity.Critical => Health.Trouble,
            Severity.Warning => Health.Attention,
            _ => Health.Well,
        };
    }

    public static SchoolView Of(CycleRecord record, PageDesk desk)
    {
        var (site, snapshot, decision) = (record.Site, record.Snapshot, record.Decision);
        var answers = desk.Answers();
        ImmutableArray<ZoneView> zones = [.. site.Zones.Select(z => ZoneView.Of(z, record, answers))];
        return new SchoolView(
            record, [.. decision.Alarms.OrderByDescending(a => a.Severity).ThenBy(a => a.Since)], zones, Mean(zones), snapshot.MedianAir(site.Outdoor),
            BoilerView.Of(site.Boiler, record), [.. site.Circuits.Select(c => CircuitView.Of(c, record))],
            [.. site.Meters.Select(m => MeterView.Of(m, record, desk))])
        {
            Plans = desk.Plans(),
        };
    }

    private static Celsius Mean(ImmutableArray<ZoneView> zones)
    {
        var measured = zones.Where(z => z.Demand.Room.IsReliable).ToList();
        return new Celsius(measured.Sum(z => z.Demand.Room.Value * z.Zone.VolumeM3) / measured.Sum(z => z.Zone.VolumeM3));
    }
}

/// <summary>How the school is doing, in one word.</summary>
internal enum Health { Well, Attention, Trouble, Silent }

/// <summary>What the page shows of the boiler.</summary>
/// <param name="Why">Why it is released or not.</param>
internal sealed record BoilerView(Boiler Boiler, BoilerState State, Reading Supply, Reading Return, ImmutableArray<Reason> Why)
{
    public static BoilerView Of(Boiler boiler, CycleRecord record)
    {
        var release = record.Decision.Outputs.Where(o => boiler.Release.Contains(o.Point)).ToList();
        return new BoilerView(
            boiler, StateOf(boiler, record.Snapshot, release), record.Snapshot.Mean(boiler.Supply), record.Snapshot.Mean(boiler.Return),
            [.. release.Select(o => o.Reason).Take(1)]);
    }

    private static BoilerState StateOf(Boiler boiler, Snapshot snapshot, List<Command> release)
    {
        if (snapshot.Any(boiler.Fault)) return BoilerState.LockedOut;
        if (snapshot.Any(boiler.Running)) return BoilerState.Burning;
        return release.Any(o => o.Value >= 0.5) ? BoilerState.Released : BoilerState.Resting;
    }
}

/// <summary>What the boiler does.</summary>
internal enum BoilerState { LockedOut, Burning, Released, Resting }

/// <summary>What the page shows of a circuit.</summary>
internal sealed record CircuitView(Circuit Circuit, CircuitSupply Wanted, CircuitState State, Reading Supply, Reading Return)
{
    public static CircuitView Of(Circuit circuit, CycleRecord record)
    {
        var wanted = record.Decision.Supplies.First(s => s.Circuit == circuit.Id);
        var pump = record.Decision.Outputs.Where(o => circuit.Pump.Contains(o.Point)).ToList();
        var runs = pump.Count > 0 ? pump.Any(o => o.Value >= 0.5) : wanted.Demand.Value > 0;
        return new CircuitView(
            circuit, wanted, runs ? CircuitState.Running : CircuitState.Resting,
            record.Snapshot.Mean(circuit.Supply), record.Snapshot.Mean(circuit.Return));
    }
}

/// <summary>Whether a circuit's water moves.</summary>
internal enum CircuitState { Running, Resting }

/// <summary>What the page shows of a meter.</summary>
/// <param name="Today">Since midnight, in kWh, or in m³ of water.</param>
/// <param name="Before">The day before, until the same hour.</param>
/// <param name="Power">Now, in watts.</param>
internal sealed record MeterView(Meter Meter, double Today, double Before, Reading Power)
{
    public static MeterView Of(Meter meter, CycleRecord record, PageDesk desk)
    {
        var now = record.Decision.At;
        var today = record.Site.Local(now);
        DateTimeOffset At(DateTime local) => record.Site.Instant(local);
        double Used(DateTimeOffset from, DateTimeOffset to) =>
            desk.Growth(meter.Index, from, to) * (meter.Medium == Medium.Water ? 1 : meter.KwhPerUnit);
        return new MeterView(
            meter, Used(At(today.Date), now), Used(At(today.Date.AddDays(-1)), At(today.AddDays(-1))), record.Snapshot.Mean(meter.Power));
    }
}
