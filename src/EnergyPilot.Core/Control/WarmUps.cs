using System.Collections.Immutable;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Control;

/// <summary>When a room begins to warm up for its next use: as late as its model allows, at full heat, and then until people come.</summary>
internal static class WarmUps
{
    // A room that had to be rescued three times in a week starts earlier until it has learned better.
    private const double MarginAfterRescues = 1.5;
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    // Full heat until this near; the rest is the loop's.
    private static readonly Kelvin Arrival = new(0.25);

    // Full output of an electric panel is the nominal emission; no water has a temperature.
    private const double ElectricSupply = 75;

    /// <summary>The next warm-up as it must be expected now: worked out anew each quarter of an hour, when a use has passed, and when windows were shut.</summary>
    public static WarmUpMemory Expected(Situation now, ZoneSense sense)
    {
        var (before, quarter) = (sense.Before.Start, sense.Estimate.Quarter);
        if (before.Quarter == quarter && double.IsFinite(before.LeadHours) && !sense.HasJustAired) return before;
        var period = now.Site.PeriodOf(sense.Zone, now.At);
        return period.Mode == Mode.Comfort || period.NextUse - now.At > OptimalStart.Cap
            ? before with { Quarter = quarter, LeadHours = 0 }
            : before with { Quarter = quarter, LeadHours = Lead(now, sense, period).TotalHours };
    }

    /// <summary>Whether a room must be warming up now. Once begun it goes on: a room that is warm a little early must not grow cold again.</summary>
    public static bool IsDue(Situation now, ZoneSense sense, Period period) =>
        (sense.Before.Start.For == period.NextUse || now.At + TimeSpan.FromHours(sense.Start.LeadHours) >= period.NextUse)
        && now.At >= Earliest(now.Site, sense.Zone, period.NextUse);

    /// <summary>Before when a zone does not warm up for a use, however long it needs; the beginning of time where nobody says so. A use before that time is heated from its first minute.</summary>
    public static DateTimeOffset Earliest(Site site, Zone zone, DateTimeOffset use) =>
        zone.EarliestStart is not { } time || use == DateTimeOffset.MaxValue ? DateTimeOffset.MinValue
        : site.Instant(site.Local(use).Date + time) is var earliest && earliest < use ? earliest : use;

    // What is not known, or no longer needed, is left out: the sentence does without.
    public static Reason Why(Situation now, ZoneSense sense, Period period)
    {
        var start = sense.Start;
        ImmutableArray<Fact> facts = [Fact.Of("until", period.NextUse), Fact.Of("target", period.ComfortOf(sense.Zone)), Fact.Of("outdoor", now.Weather.Now)];
        if (sense.Room.IsReliable) facts = facts.Add(Fact.Of("room", new Celsius(sense.Room.Value)));
        var isWarm = sense.Room.IsReliable && new Celsius(sense.Room.Value) >= period.ComfortOf(sense.Zone) - Arrival;
        if (start.LeadHours > 0 && !isWarm) facts = facts.Add(Fact.Of("lead", TimeSpan.FromHours(start.LeadHours)));
        return new Reason(ReasonCode.WarmingUp, facts);
    }

    /// <summary>What to remember of it after a target was chosen.</summary>
    public static WarmUpMemory Next(Situation now, ZoneSense sense, ZoneTarget target)
    {
        var start = sense.Start;
        var comfort = now.Site.PeriodOf(sense.Zone, now.At).ComfortOf(sense.Zone);
        if (target.Reason.Code != ReasonCode.WarmingUp)
            return start.IsRunning ? Taught(now, sense, start, comfort) with { For = DateTimeOffset.MinValue } : start;
        var begun = start.For == target.NextChange ? start : start with
        {
            For = target.NextChange, Began = now.At, Ready = DateTimeOffset.MaxValue, From = Cold(now, sense, comfort),
        };
        if (sense.Window.IsOpen || !sense.Room.IsReliable) begun = begun with { From = default };
        var isWarm = sense.Room.IsReliable && new Celsius(sense.Room.Value) >= target.Setpoint - Arrival;
        return isWarm && begun.Ready == DateTimeOffset.MaxValue ? Taught(now, sense, begun, target.Setpoint) with { Ready = now.At } : begun;
    }

    // A model knows better wherever the heat can be estimated.
    private static ColdStart Cold(Situation now, ZoneSense sense, Celsius comfort) =>
        KnowsItsWater(now.Site, now.CircuitOf(sense.Zone)) || !sense.Room.IsReliable || !now.Weather.Outdoor.IsReliable
            ? default
            : ColdStart.Of(new Celsius(sense.Room.Value), comfort, now.Weather.Now, now.At - now.Site.PeriodOf(sense.Zone, now.At).LastUse);

    private static WarmUpMemory Taught(Situation now, ZoneSense sense, WarmUpMemory start, Celsius comfort) => start with
    {
        From = default,
        Regression = start.From.Climb > 0 && sense.Room.IsReliable
            ? start.Regression.After(start.From, now.At - start.Began, comfort.Degrees - sense.Room.Value)
            : start.Regression,
    };

    /// <summary>How warm a circuit's water is while rooms climb in this weather: the curve as designed, never the trimmed one, and the boost.</summary>
    public static Celsius Supply(Site site, Circuit circuit, Celsius outdoor, Celsius room)
    {
        if (circuit.Emitter == Emitter.Electric) return new Celsius(ElectricSupply);

        // Hot water comes back hot: where the return is limited there is no boost.
        var boost = double.IsFinite(site.Boiler.ReturnLimit.Degrees) ? new Kelvin(0) : circuit.Curve.Boost;
        return Celsius.Min(Celsius.Min(circuit.Curve.Supply(outdoor, room) + boost, circuit.Curve.Highest), Celsius.Max(SourceLimits.Warmest(site), circuit.Curve.Lowest));
    }

    private static TimeSpan Lead(Situation now, ZoneSense sense, Period period)
    {
        var (zone, room) = (sense.Zone, sense.Room);

        // A blind room of which nothing is known is taken to be as cold as it may be, so that it starts in time.
        var coldest = period.RestOf(zone, now.Site, now.At);
        var temperature = room.IsReliable ? new Celsius(room.Value) : coldest;
        var comfort = period.ComfortOf(zone);
        var circuit = now.CircuitOf(zone);
        if (!KnowsItsWater(now.Site, circuit))
        {
            var time = now.Memory.Of(zone.Id).Start.Regression.Time(ColdStart.Of(temperature, comfort, now.Weather.Now, now.At - period.LastUse));
            return Margined(now, zone, OptimalStart.Lead(time.TotalHours, OptimalStart.Cap));
        }

        var state = sense.StateOr(temperature.Degrees);
        var supply = Supply(now.Site, circuit, now.Weather.Now, comfort);
        var climb = OptimalStart.Of(now.ModelOf(zone), state, now.Weather.Now.Degrees, supply.Degrees, comfort.Degrees, Estimation.Response(circuit.Emitter), now.Settings.MayBeFeltBelow.Difference);
        return Margined(now, zone, climb.Lead);
    }

    private static bool KnowsItsWater(Site site, Circuit circuit) =>
        circuit.Emitter == Emitter.Electric || !circuit.Supply.IsEmpty || (circuit.MixingValve.IsEmpty && !site.Boiler.Supply.IsEmpty);

    private static bool WasRescuedOften(Situation now, Zone zone) => now.Since(now.Memory.Of(zone.Id).Rescues.Oldest) < Week;

    private static TimeSpan Margined(Situation now, Zone zone, TimeSpan lead) => WasRescuedOften(now, zone) ? Capped(MarginAfterRescues * lead) : lead;

    private static TimeSpan Capped(TimeSpan lead) => lead < OptimalStart.Cap ? lead : OptimalStart.Cap;
}
