using System.Collections.Immutable;

namespace EnergyPilot.Core.Learning;

/// <summary>
/// The coming hours of a zone: it floats freely, is held at its floor if it sinks so far, is heated fully from the start on, and is held
/// at its target once warm. Says on Friday how warm Monday 8:20 will be. Same radiators, steps and margin as <see cref="OptimalStart"/>.
/// </summary>
/// <param name="Model">The zone.</param>
/// <param name="Now">Its temperatures [°C].</param>
/// <param name="Drive">What acts on it so many hours ahead; emission is not looked at. Only what can be relied on: usually outdoor air alone.</param>
/// <param name="Floor">At which it is held until the start [°C].</param>
/// <param name="Supply">Water temperature during the warm-up [°C].</param>
/// <param name="Target">Air temperature wanted [°C].</param>
/// <param name="Emitter">How fast heat comes.</param>
public sealed record HeatingAhead(ZoneModel Model, ZoneState Now, Func<double, ZoneDrive> Drive, double Floor, double Supply, double Target, EmitterResponse Emitter)
{
    private const double StepHours = OptimalStart.StepHours;
    private const double Sagging = 0.25;        // K that a room may lose again while it is held
    private static readonly TimeSpan Longest = TimeSpan.FromDays(21);
    private static readonly TimeSpan Lateness = TimeSpan.FromHours(24);

    /// <summary>How warm it will be at a use when heat starts at an instant before.</summary>
    public Arrival At(TimeSpan start, TimeSpan use)
    {
        var end = Steps(use);
        var (walk, atUse, warm) = (Begin(), Now, -1);
        for (var i = 0; ; i++)
        {
            if (i == end) atUse = walk.State;
            var isWarm = i >= Steps(start) && IsWarm(walk);
            // What sinks again before the use was not the arrival.
            warm = !isWarm ? -1 : warm < 0 ? i : warm;
            if (i >= end && (isWarm || i >= end + Steps(Lateness))) break;
            walk = walk.Next(this, i, Steps(start));
        }

        return new Arrival(start, warm >= 0 ? Hours(warm) : use + Lateness, atUse.Air, atUse.Operative, warm >= 0 && warm <= end);
    }

    /// <summary>The latest start, with the margin of <see cref="OptimalStart"/>, so that it is warm at a use.</summary>
    public LatestStart LatestFor(TimeSpan use)
    {
        var end = Steps(use);
        if (!At(TimeSpan.Zero, use).InTime) return new LatestStart(TimeSpan.Zero, use, InReach: false);
        var (good, late) = (0, end + 1);
        while (late - good > 1)
        {
            var middle = (good + late) / 2;
            if (At(Hours(middle), use).InTime) good = middle;
            else late = middle;
        }

        var lead = OptimalStart.Lead((end - good) * StepHours, use);
        return new LatestStart(use - lead, lead, InReach: true);
    }

    /// <summary>The whole course in steps of 1/8 h, the present first.</summary>
    public ImmutableArray<CoursePoint> Course(TimeSpan start, TimeSpan length)
    {
        var points = ImmutableArray.CreateBuilder<CoursePoint>(Steps(length) + 1);
        var walk = Begin();
        for (var i = 0; i <= Steps(length); i++)
        {
            points.Add(new CoursePoint(Hours(i), walk.State.Air, walk.State.Operative));
            walk = walk.Next(this, i, Steps(start));
        }

        return points.MoveToImmutable();
    }

    private bool IsWarm(Walk walk) => OptimalStart.IsWarm(walk.State, Target) || (walk.Arrived && walk.State.Air >= Target - Sagging);

    private Walk Begin() => new(ZoneTransition.Of(Model, StepHours), Now, 0, false);

    private static int Steps(TimeSpan time) => (int)Math.Round(Math.Clamp(time / TimeSpan.FromHours(StepHours), 0, Longest / TimeSpan.FromHours(StepHours)));

    private static TimeSpan Hours(int steps) => steps * TimeSpan.FromHours(StepHours);

    private readonly record struct Walk(ZoneTransition Transition, ZoneState State, double Excess, bool Arrived)
    {
        public Walk Next(HeatingAhead ahead, int step, int start)
        {
            var drive = ahead.Drive((step + 0.5) * StepHours) with { Emission = 0 };
            var free = ahead.Model.Heat(drive);
            var fullExcess = ahead.Emitter.Fill(Excess, ahead.Supply, State.Air, StepHours);
            var full = ahead.Model.Heating * RadiatorEstimate.Emission(fullExcess);
            var arrived = step >= start && ahead.IsWarm(this);
            if (step >= start && !arrived) return this with { State = Transition.Apply(State, drive.Outdoor, free + full), Excess = fullExcess, Arrived = false };

            var level = arrived ? ahead.Target : ahead.Floor;
            var missing = level - Transition.Apply(State, drive.Outdoor, free).Air;
            var held = Math.Clamp(missing / Transition.FromHeat.Air, 0, full);
            return new Walk(Transition, Transition.Apply(State, drive.Outdoor, free + held), full > 0 ? fullExcess * Math.Pow(held / full, 1 / 1.3) : 0, arrived);
        }
    }
}

/// <summary>The forecast of one arrival.</summary>
/// <param name="Start">When heat starts, from now.</param>
/// <param name="Warm">When it is warm, from now; a day after the use if not by then.</param>
/// <param name="Sensor">What the sensor will show at the use [°C].</param>
/// <param name="Operative">What people will feel at the use [°C].</param>
/// <param name="InTime">Whether it was warm by the use.</param>
public readonly record struct Arrival(TimeSpan Start, TimeSpan Warm, double Sensor, double Operative, bool InTime);

/// <summary>When to start at the latest.</summary>
/// <param name="Start">From now; zero = now.</param>
/// <param name="Lead">Before the use, margin included, at most since now; zero when it is warm by itself.</param>
/// <param name="InReach">Whether it would be warm in time if heat came now.</param>
public readonly record struct LatestStart(TimeSpan Start, TimeSpan Lead, bool InReach);

/// <summary>A point of a forecast course: hours from now, sensor and felt temperature [°C].</summary>
public readonly record struct CoursePoint(TimeSpan Ahead, double Sensor, double Operative);
