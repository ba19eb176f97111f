using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Forecasts;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Planning;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Sky;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Control;

/// <summary>What every rule of one cycle looks at.</summary>
internal sealed record Situation(Site Site, Snapshot Snapshot, Memory Memory, Weather Weather)
{
    // The next plan may be a little late; a longer silence is a planner that died, and the rules take over.
    private static readonly TimeSpan PlanOutlives = TimeSpan.FromMinutes(15);

    public DateTimeOffset At => Snapshot.At;

    public ControlSettings Settings => Site.Control;

    public Outlook Outlook => Snapshot.Knowledge.Outlook;

    /// <summary>Time since the last cycle; none after a clock that went back.</summary>
    public TimeSpan Step => Memory.At <= At ? At - Memory.At : TimeSpan.Zero;

    /// <summary>How a zone answers to heat: as learned, else as zones of its kind do.</summary>
    public ZoneModel ModelOf(Zone zone) =>
        Snapshot.Knowledge.Zones.TryGetValue(zone.Id, out var learned) ? learned.Model : ZoneModel.Prior;

    /// <summary>A zone's loop: tuned by its model once it has one. Slow floors take long cycles, quick panels short ones.</summary>
    public LoopSettings LoopOf(Zone zone)
    {
        var tuning = Snapshot.Knowledge.Zones.TryGetValue(zone.Id, out var learned) && learned.HasLearned ? LoopTuning.Of(learned.Model) : new LoopTuning(Settings.Gain, Settings.IntegralTime);
        return new LoopSettings(tuning, CircuitOf(zone).Emitter switch
        {
            Emitter.Floor => 2 * Settings.PulseCycle,
            Emitter.Electric => Settings.PulseCycle / 2,
            _ => Settings.PulseCycle,
        });
    }

    /// <summary>What the plan that commands now wants for a zone; null when none commands or this zone is not planned.</summary>
    public ZonePlan? PlanOf(Zone zone)
    {
        if (Snapshot.Knowledge.Planner.Role != PlannerRole.Commanding || Snapshot.Knowledge.Plan is not { IsUsable: true } plan) return null;
        if (At < plan.At || At >= plan.ValidUntil + PlanOutlives) return null;
        // Clamping makes no number of what is none.
        if (!double.IsFinite(plan.Supply)) return null;
        foreach (var planned in plan.Zones)
            if (planned.Zone == zone.Id) return double.IsFinite(planned.Duty) && double.IsFinite(plan.Supply) ? planned : null;
        return null;
    }

    public Circuit CircuitOf(Zone zone)
    {
        foreach (var circuit in Site.Circuits)
            if (circuit.Id == zone.Circuit) return circuit;
        throw new ArgumentException($"The site has no circuit {zone.Circuit}.", nameof(zone));
    }

    /// <summary>Sun on the facades, as far as anybody knows.</summary>
    public FacadeSun Sunlight { get; private init; }

    public static Situation Of(Site site, Snapshot snapshot, Memory memory)
    {
        var irradiance = snapshot.Knowledge.Outlook.At(snapshot.At).GlobalHorizontal;
        return new(site, snapshot, memory, Weather.Of(site, snapshot, memory))
        {
            Sunlight = irradiance > 0 ? FacadeSun.Of(irradiance, Sun.At(snapshot.At, new Place(site.Location.LatitudeDegrees, site.Location.LongitudeDegrees))) : default,
        };
    }

    /// <summary>Time since an instant; after a clock that went back, as long as you like: a minimum time must never hold for ever.</summary>
    public TimeSpan Since(DateTimeOffset then) => then <= At ? At - then : TimeSpan.MaxValue;
}

/// <summary>The weather as the control sees it.</summary>
/// <param name="Outdoor">What the outdoor sensors say: their median, of two the colder.</param>
/// <param name="Filtered">Through a low-pass of 6 h; what heating curves use.</param>
/// <param name="Day">Through a low-pass of 24 h; what the summer rest uses.</param>
/// <param name="Rest">Whether the heating rests for the summer.</param>
internal sealed record Weather(Reading Outdoor, Celsius Filtered, Celsius Day, SummerState Rest)
{
    // A school that never saw its outdoor sensor heats as on a cold day: a warm room is a smaller mistake than a cold one.
    private const double UnknownOutdoor = 0;

    private static readonly Kelvin WakeBelow = new(2);

    // A past that no weather can have been is no past: it would take weeks to fade.
    private static readonly ValueRange Believable = new(-60, 60);

    /// <summary>The best guess of the present outdoor temperature.</summary>
    public Celsius Now => Outdoor.IsReliable ? new Celsius(Outdoor.Value) : Filtered;

    public static Weather Of(Site site, Snapshot snapshot, Memory memory)
    {
        var outdoor = snapshot.MedianAir(site.Outdoor);
        var step = snapshot.At - memory.At;
        var filtered = Filter(memory.OutdoorFiltered, outdoor, step, TimeSpan.FromHours(6));
        var day = Filter(memory.OutdoorDay, outdoor, step, TimeSpan.FromHours(24));
        return new Weather(outdoor, filtered, day, Rests(site.Control.SummerCutOff, day, memory.Resting));
    }

    // While the sensor is lost, a warm memory of it fades towards a cold day: the summer rest must not last into a winter that nobody sees.
    private static Celsius Filter(double before, Reading outdoor, TimeSpan step, TimeSpan constant)
    {
        var known = Believable.Contains(before);
        var towards = outdoor.IsReliable ? outdoor.Value : known ? Math.Min(before, UnknownOutdoor) : UnknownOutdoor;
        if (!known) return new Celsius(towards);
        var share = 1 - Math.Exp(-Math.Clamp(step / constant, 0, 1));
        return new Celsius(before + share * (towards - before));
    }

    private static SummerState Rests(Celsius cutOff, Celsius day, SummerState before) =>
        day > cutOff ? SummerState.Resting
        : day < cutOff - WakeBelow ? SummerState.Heating
        : before;
}
