using System.Collections.Immutable;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;

namespace EnergyPilot.Core.Control;

/// <summary>Everything that one cycle knows of the world, frozen: nothing in the core reads a live value.</summary>
/// <param name="At">The instant of the freeze (UTC).</param>
/// <param name="Readings">The latest reading of each point; a point that never spoke is missing, a stale one says CommunicationFailure.</param>
/// <param name="Overrides">Wishes by hand; those that do not hold at <paramref name="At"/> are ignored.</param>
public sealed record Snapshot(DateTimeOffset At, IReadOnlyDictionary<PointId, Reading> Readings, ImmutableArray<Override> Overrides)
{
    /// <summary>What slow work has found out; nothing when it never ran.</summary>
    public Knowledge Knowledge { get; init; } = Knowledge.None;

    /// <summary>What this point said; a point that never spoke has no sensor.</summary>
    public Reading Of(PointId point) =>
        Readings.TryGetValue(point, out var reading) ? reading : Reading.Unreliable(Reliability.NoSensor, At);

    /// <summary>What a sensor said of the air, indoors or out: below -30 and above 60 °C it is broken, whatever its type could measure.</summary>
    public Reading Air(PointId point)
    {
        var reading = Of(point);
        return !reading.IsReliable ? reading
            : double.IsNaN(reading.Value) ? reading with { Reliability = Reliability.UnreliableOther }
            : reading.Value < -30 ? reading with { Reliability = Reliability.UnderRange }
            : reading.Value > 60 ? reading with { Reliability = Reliability.OverRange }
            : reading;
    }

    /// <summary>The mean of the reliable ones among these points; unreliable when none is (with the trouble of the first).</summary>
    public Reading Mean(ImmutableArray<PointId> points) => Mean(points, Of);

    /// <summary>The same for sensors in the air.</summary>
    public Reading MeanAir(ImmutableArray<PointId> points) => Mean(points, Air);

    /// <summary>The median of the reliable ones of some sensors in the air, of an even number the colder middle one: the sun makes a sensor too warm, nothing makes it too cold.</summary>
    public Reading MedianAir(ImmutableArray<PointId> points)
    {
        Reading? middle = null;
        foreach (var point in points)
        {
            if (Air(point) is not { IsReliable: true } candidate) continue;
            var (below, equal, all) = (0, 0, 0);
            foreach (var other in points)
            {
                if (Air(other) is not { IsReliable: true } reading) continue;
                all++;
                if (reading.Value < candidate.Value) below++;
                else if (reading.Value.Equals(candidate.Value)) equal++;
            }

            // The candidate takes the places from "below" on in the order of size.
            if (below <= (all - 1) / 2 && (all - 1) / 2 < below + equal) middle = candidate;
        }

        return middle ?? Mean(points, Air);
    }

    /// <summary>The coldest and the warmest of the reliable ones of some sensors in the air; not-a-number when none is reliable.</summary>
    public (double Coldest, double Warmest) ExtremesOfAir(ImmutableArray<PointId> points)
    {
        var (coldest, warmest) = (double.NaN, double.NaN);
        foreach (var point in points)
        {
            if (Air(point) is not { IsReliable: true } reading) continue;
            if (!(reading.Value >= coldest)) coldest = reading.Value;
            if (!(reading.Value <= warmest)) warmest = reading.Value;
        }

        return (coldest, warmest);
    }

    /// <summary>True when any of these states is reliably on.</summary>
    public bool Any(ImmutableArray<PointId> points)
    {
        foreach (var point in points)
            if (Of(point).IsOn) return true;
        return false;
    }

    private Reading Mean(ImmutableArray<PointId> points, Func<PointId, Reading> say)
    {
        var (sum, count) = (0.0, 0);
        var latest = DateTimeOffset.MinValue;
        foreach (var point in points)
        {
            var reading = say(point);
            if (!reading.IsReliable) continue;
            (sum, count) = (sum + reading.Value, count + 1);
            if (reading.At > latest) latest = reading.At;
        }

        if (count > 0) return Reading.Good(sum / count, latest);
        return points.IsEmpty ? Reading.Unreliable(Reliability.NoSensor, At) : say(points[0]) with { Value = double.NaN };
    }
}
