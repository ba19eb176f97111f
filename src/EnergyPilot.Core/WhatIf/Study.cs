using EnergyPilot.Core.Control;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Planning;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Core.WhatIf;

/// <summary>
/// A question worked out: the school as it is and as it would be, both through the learned models of its zones over the same weather, quarter of an hour by
/// quarter, with the programmes, calendar, setpoints, optimal start and stop that the control uses. The rooms of one run are those of one draw from what the
/// models leave open, the same for both schools, so that their difference is known better than either. What flows through inner walls counts where the two
/// schools differ: how it is now is part of what the rooms have learned.
/// </summary>
public sealed class Study
{
    /// <summary>Draws beside the most probable models.</summary>
    public const int Draws = 12;

    private readonly Grounds grounds;
    private readonly Site changed;
    private readonly SteppedWeather weather;
    private readonly Span[][] now, then;
    private readonly InnerWalls walls;

    /// <param name="question">One that <see cref="Question.Fault"/> finds nothing wrong with.</param>
    public Study(Grounds grounds, Question question)
    {
        (this.grounds, changed, weather) = (grounds, question.Applied(grounds.Site), new SteppedWeather(grounds.Weather, grounds.Site));
        now = [.. grounds.Site.Zones.Select(z => Timetable.Of(grounds.Site, z, z, grounds.Weather))];
        then = [.. changed.Zones.Select((z, i) => z == grounds.Site.Zones[i] && changed.Exceptions.Length == grounds.Site.Exceptions.Length ? now[i] : Timetable.Of(changed, z, grounds.Site.Zones[i], grounds.Weather))];
        walls = new InnerWalls(grounds.Site);
        Question = question;
    }

    public Question Question { get; }

    public Grounds Grounds => grounds;

    /// <summary>The school as it would be.</summary>
    public Site Changed => changed;

    /// <summary>One run after the other, the most probable one first; each takes a moment, and whoever no longer wants the answer stops asking.</summary>
    public IEnumerable<RunPair> Runs()
    {
        for (var draw = 0; draw <= Draws; draw++)
        {
            var models = new ZoneModel[grounds.Zones.Count];
            for (var i = 0; i < models.Length; i++) models[i] = draw == 0 ? grounds.Zones[i].Spread.Middle : Normals.Draw(grounds.Zones[i].Spread, draw, i);
            yield return Run(models);
        }
    }

    private RunPair Run(ZoneModel[] models)
    {
        var before = Courses(grounds.Site, now, models);
        var after = Courses(changed, then, models);
        var gains = new double[models.Length];
        var (first, pastFrom, pastUntil) = (StepOf(grounds.From), StepOf(grounds.Past?.From), StepOf(grounds.Past?.Until));
        var source = new Source(grounds.Site);
        for (var step = 0; step < weather.Count; step++)
        {
            var energyPerHeat = source.EnergyPerHeat(weather.Outdoor(step), weather.Filtered(step));
            for (var i = 0; i < gains.Length; i++) gains[i] = 0;
            if (step > 0) walls.Add(before, after, models, gains);
            var isPast = step >= pastFrom && step < pastUntil;
            Take(before, models, null, new Moment(step, step >= first, isPast, energyPerHeat, source.MostKw));
            Take(after, models, gains, new Moment(step, step >= first, false, energyPerHeat, source.MostKw));
        }

        return new RunPair([.. before.Select(c => c.Course.Totals)], [.. after.Select(c => c.Course.Totals)]);
    }

    private ZoneCourse[] Courses(Site site, Span[][] spans, ZoneModel[] models) =>
        [.. site.Zones.Select((zone, i) => new Room(site, zone, spans[i], models[i], grounds.Zones[i])).Select(room => new ZoneCourse(room, new RoomCourse(room)))];

    private void Take(ZoneCourse[] courses, ZoneModel[] models, double[]? gains, in Moment at)
    {
        var (outdoor, sun, resting) = (weather.Outdoor(at.Step), weather.SunAt(at.Step), weather.Resting(at.Step));
        var onWater = 0.0;
        for (var i = 0; i < courses.Length; i++)
        {
            var model = models[i];
            var gain = model.SunEast * sun.East + model.SunSouth * sun.South + model.SunWest * sun.West + (gains is null ? 0 : gains[i]);
            var wish = courses[i].Course.Wish(at.Step, outdoor, gain, resting);
            if (courses[i].Room.IsOnWater) onWater += wish;
        }

        var share = onWater > at.MostKw ? at.MostKw / onWater : 1;
        foreach (var (room, course) in courses)
        {
            var heat = course.Take(at.Step, outdoor, room.IsOnWater ? share : 1, at.Counts);
            if (!at.Counts && !at.IsPast) continue;
            var energy = room.IsOnWater ? heat * at.EnergyPerHeat : heat;
            if (at.Counts) (course.Totals.HeatKwh, course.Totals.EnergyKwh) = (course.Totals.HeatKwh + heat, course.Totals.EnergyKwh + energy);
            if (at.IsPast && room.IsOnWater) course.Totals.PastKwh += energy;
        }
    }

    private int StepOf(DateTimeOffset? at) => at is { } instant ? (int)Math.Clamp((instant - grounds.Weather.From).TotalHours * 4, 0, weather.Count) : 0;

    private readonly record struct Moment(int Step, bool Counts, bool IsPast, double EnergyPerHeat, double MostKw);
}

/// <summary>A room and where it has got to.</summary>
internal readonly record struct ZoneCourse(Room Room, RoomCourse Course);

/// <summary>The totals of one run by zone, as it is and as it would be.</summary>
public sealed record RunPair
{
    internal RunPair(RoomTotals[] before, RoomTotals[] after) => (Before, After) = (before, after);

    internal RoomTotals[] Before { get; }

    internal RoomTotals[] After { get; }
}

/// <summary>What the heat source draws for the heat it gives, as the planner has it.</summary>
internal sealed class Source(Site site)
{
    // A heat pump's water at the mean of what rooms ask for; its figure of merit within what machines reach.
    private const double OrdinaryRoom = 20, LowestCop = 1, HighestCop = 6, LeastLift = 5, Kelvin = 273.15;

    private readonly PlannedPlant plant = PlanRequests.Plant(site);

    /// <summary>Most heat that it gives [kW]; infinite where nobody says.</summary>
    public double MostKw { get; } = site.Boiler.NominalPower.Value > 0 ? site.Boiler.NominalPower.Value / 1000 : double.PositiveInfinity;

    public double EnergyPerHeat(double outdoor, double filtered)
    {
        if (plant.Kind != PlantKind.HeatPump) return 1 / plant.Efficiency;
        var supply = 0.0;
        foreach (var circuit in site.Circuits)
            if (circuit.Emitter != Emitter.Electric) supply = Math.Max(supply, circuit.Curve.Supply(new(filtered), new(OrdinaryRoom)).Degrees);
        return 1 / Math.Clamp(plant.Efficiency * (supply + Kelvin) / Math.Max(supply - outdoor, LeastLift), LowestCop, HighestCop);
    }
}

/// <summary>Inner walls between zones, as far as the site file tells.</summary>
internal sealed class InnerWalls(Site site)
{
    private readonly (int Other, double WPerK)[][] walls = [.. site.Zones.Select(z => z.Fabric.Neighbours.Select(n => (IndexOf(site, n.Zone), n.ConductanceWPerK)).ToArray())];
    private readonly double[] nominal = [.. site.Zones.Select(z => z.Fabric.RadiatorPower.Value)];

    /// <summary>What the rooms of the changed school get from their neighbours beyond what they get as it is [K/h].</summary>
    public void Add(ZoneCourse[] before, ZoneCourse[] after, ZoneModel[] models, double[] gains)
    {
        for (var i = 0; i < gains.Length; i++)
        {
            if (!(nominal[i] > 0)) continue;
            var own = after[i].Course.State.Air - before[i].Course.State.Air;
            var watts = 0.0;
            foreach (var (other, wPerK) in walls[i]) watts += wPerK * (after[other].Course.State.Air - before[other].Course.State.Air - own);
            // The radiators' nominal power warms the air by so much: that is the zone's capacity, however the model shares it out.
            gains[i] = watts * models[i].Heating / nominal[i];
        }
    }

    private static int IndexOf(Site site, ZoneId zone)
    {
        for (var i = 0; i < site.Zones.Length; i++)
            if (site.Zones[i].Id == zone) return i;
        throw new ArgumentException($"The site has no zone {zone}.", nameof(zone));
    }
}

/// <summary>Standard normal numbers that are the same for every question, in pairs that lie opposite each other.</summary>
internal static class Normals
{
    /// <summary>The model of a zone in a draw; draws 1 and 2, 3 and 4 and so on lie on opposite sides of the middle.</summary>
    public static ZoneModel Draw(ModelSpread spread, int draw, int zone)
    {
        Span<double> normals = stackalloc double[ZoneModel.Count];
        var sign = draw % 2 == 0 ? -1 : 1;
        for (var k = 0; k < normals.Length; k++) normals[k] = sign * Normal(((ulong)(draw + 1) / 2 << 40) | ((ulong)zone << 8) | (uint)k);
        return spread.Draw(normals);
    }

    private static double Normal(ulong key) => SplitMix.Normal(SplitMix.Mix(key * SplitMix.Golden), SplitMix.Mix(key * SplitMix.Golden + SplitMix.Golden));
}
