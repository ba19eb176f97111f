using System.Collections.Immutable;

namespace EnergyPilot.Core.Learning;

/// <summary>
/// The coming hours of a zone: it floats freely, is held at its floor if it sinks so far, is heated fully from the start on, and is held
/// at its target once warm. Says on Friday how warm Monday 8:20 will be. Same radiators, steps and margin as <see cref="OptimalStart"/>.
/// </summary>
/// <param name="Model">The zone.</param>
/// <param name="Now">Its temperatures [°C].</param>
/// <param name="Drive">What acts on it so many hours ahead; emission is not looked at. Only what can be relied on: usually outdoor air alone.</param>
/// <param name="Floor">At which it is held so many hours ahead, until the start [°C].</param>
/// <param name="Supply">Water temperature during the warm-up [°C].</param>
/// <param name="Target">Air temperature wanted [°C].</param>
/// <param name="Emitter">How fast heat comes.</param>
public sealed record HeatingAhead(ZoneModel Model, ZoneState Now, Func<double, ZoneDrive> Drive, Func<double, double> Floor, double Supply, double Target, EmitterResponse Emitter)
{
    private const double StepHours = OptimalStart.StepHours;
    private const double Arrival = 0.25, Sagging = 0.35;        // K below the target at which the room's loop takes over, and that it may lose again
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

    private bool IsWarm(Walk walk) => walk.State.Air >= Target - (walk.Arrived ? Sagging : Arrival);

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

            var level = arrived ? ahead.Target : ahead.Floor(step * StepHours);
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

/// <summary>A point of a forecast course: hours from now, sensor and felt temperature [°C].</summary>
public readonly record struct CoursePoint(TimeSpan Ahead, double Sensor, double Operative);
