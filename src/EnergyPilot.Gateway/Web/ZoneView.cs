using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Running;

namespace EnergyPilot.Gateway.Web;

/// <summary>What the page shows of a zone in one cycle.</summary>
/// <param name="Held">The override that holds; none on most days.</param>
internal sealed record ZoneView(
    Zone Zone, ZoneTarget Target, ZoneDemand Demand, ZoneState State, Contact Presence, Contact Window, Reading Co2, ImmutableArray<Override> Held)
{
    /// <summary>What people there are told about its air; none while nobody is there.</summary>
    public ImmutableArray<ZoneAir> Told { get; init; } = [];

    /// <summary>What went out to its valves and thermostats: the wish that won for each.</summary>
    public ImmutableArray<Command> Valves { get; init; } = [];

    /// <summary>Questions to staff that nobody has answered yet.</summary>
    public ImmutableArray<UseQuestion> Questions { get; init; } = [];

    /// <summary>The traffic light of its air; unknown while nobody is there to be told.</summary>
    public AirQuality Air => Told is not [var air] ? AirQuality.Unknown : air.Light switch
    {
        AirLight.AirNow => AirQuality.Insufficient,
        AirLight.AirSoon => AirQuality.Stuffy,
        AirLight.Good => AirQuality.Good,
        _ => AirQuality.Unknown,
    };

    /// <summary>What there is to do about its air.</summary>
    public IEnumerable<Reason> Advice => Told.SelectMany(a => a.Advice).Where(r => r.Code != ReasonCode.AirGood);

    /// <summary>Why: the temperature's reason, and the heat's where that explains more.</summary>
    public Reason Why => State is ZoneState.WindowOpen or ZoneState.SensorLost or ZoneState.Freezing ? Demand.Reason : Target.Reason;

    public static ZoneView Of(Zone zone, CycleRecord record, ImmutableArray<UseAnswer> answers)
    {
        var target = record.Decision.Targets.First(t => t.Zone == zone.Id);
        var demand = record.Decision.Demands.First(d => d.Zone == zone.Id);
        var window = ContactOf(record.Snapshot, zone.Points.Window);
        return new ZoneView(
            zone, target, demand, StateOf(zone, target, demand, window, record.Decision.Alarms),
            ContactOf(record.Snapshot, zone.Points.Presence), window, record.Snapshot.Mean(zone.Points.Co2),
            [.. record.Snapshot.Overrides.Where(o => o.Zone == zone.Id && o.HoldsAt(record.Snapshot.At))])
        {
            Valves = [.. record.Decision.Outputs.Where(o => zone.Points.Valve.Contains(o.Point) || zone.Points.Thermostat.Contains(o.Point))],
            Told = [.. record.Decision.Air.Where(a => a.Zone == zone.Id)],
            Questions = UseQuestions.Of(record.Site, zone, record.Decision.Memory.Of(zone.Id).Stays, record.Decision.At, answers),
        };
    }

    private static ZoneState StateOf(Zone zone, ZoneTarget target, ZoneDemand demand, Contact window, ImmutableArray<Alarm> alarms)
    {
        bool Has(ReasonCode code) => alarms.Any(a => a.Subject == zone.Id.Name && a.Reason.Code == code);
        if (demand.Reason.Code == ReasonCode.FrostInZone || Has(ReasonCode.ZoneFreezing)) return ZoneState.Freezing;
        if (!demand.Room.IsReliable) return ZoneState.SensorLost;
        if (window == Contact.On) return ZoneState.WindowOpen;
        if (Has(ReasonCode.ZoneCold)) return ZoneState.TooCold;
        if (demand.WarmingUp == WarmUp.Climbing) return ZoneState.WarmingUp;
        if (demand.Heat.Value >= 0.05) return ZoneState.Heating;
        return target.Mode == Mode.Comfort ? ZoneState.WarmEnough : ZoneState.SetBack;
    }

    private static Contact ContactOf(Snapshot snapshot, ImmutableArray<PointId> points)
    {
        if (snapshot.Any(points)) return Contact.On;
        return snapshot.Mean(points).IsReliable ? Contact.Off : Contact.Unknown;
    }
}

/// <summary>How a zone is doing, in one word; trouble first.</summary>
internal enum ZoneState { Freezing, SensorLost, WindowOpen, TooCold, WarmingUp, Heating, WarmEnough, SetBack }

/// <summary>What a contact says; unknown when there is none or none that answers.</summary>
internal enum Contact { Unknown, Off, On }

/// <summary>The air of a room by its CO2.</summary>
internal enum AirQuality { Unknown, Good, Stuffy, Insufficient }
