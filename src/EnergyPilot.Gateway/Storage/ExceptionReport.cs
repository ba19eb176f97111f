using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;

namespace EnergyPilot.Gateway.Storage;

/// <summary>
/// Report by exception: of ten-second readings only those become samples that say something new. A point is stored when it
/// first speaks, when it leaves its deadband, when its reliability changes, and once in each quarter of an hour (the
/// heartbeat, which tells a steady value from a dead gateway and gives every 15-minute bucket a sample of its own).
/// A meter's index is stored by the quarter only; before it fails or falls, also the last that was seen, so that no energy is lost.
/// </summary>
internal sealed class ExceptionReport
{
    private readonly Dictionary<PointId, Heard> heard = [];

    /// <summary>Adds to <paramref name="samples"/> what is worth keeping of this observation.</summary>
    public void Take(Observation observation, List<Sample> samples)
    {
        var now = SampleOf(observation);
        if (!heard.TryGetValue(observation.Point, out var point))
        {
            heard[observation.Point] = new(now, now);
            samples.Add(now);
            return;
        }

        if (IsNews(point, now, observation))
        {
            var isIndexInTrouble = observation.Cumulative == Accumulation.Cumulative && IsBroken(point.Seen, now);
            if (isIndexInTrouble && IsGood(point.Seen) && point.Seen != point.Stored) samples.Add(point.Seen);
            samples.Add(now);
            heard[observation.Point] = new(now, now);
            return;
        }

        heard[observation.Point] = point with { Seen = now };
    }

    /// <summary>Everything counts as unheard: the next reading of each point is stored.</summary>
    public void Forget() => heard.Clear();

    private static bool IsNews(Heard point, Sample now, Observation observation)
    {
        if (now.Quality != point.Stored.Quality || !IsSameBeat(point.Stored, now, observation.Keeping.Heartbeat)) return true;
        if (!IsGood(now)) return false;
        return observation.Cumulative == Accumulation.Cumulative
            ? now.Value < point.Seen.Value
            : observation.Keeping.Deadband.IsLeft(point.Stored.Value, now.Value);
    }

    private static bool IsBroken(Sample seen, Sample now) => seen.Quality != now.Quality || now.Value < seen.Value;

    // Every quarter gets a sample of its own, also where the heartbeat does not fit into it.
    private static bool IsSameBeat(Sample a, Sample b, TimeSpan heartbeat)
    {
        var (before, now, length) = (a.At.Milliseconds(), b.At.Milliseconds(), (long)heartbeat.TotalMilliseconds);
        return Bucket.Start(before, Bucket.Quarter) == Bucket.Start(now, Bucket.Quarter) && (length >= Bucket.Quarter || Bucket.Start(before, length) == Bucket.Start(now, length));
    }

    private static bool IsGood(Sample sample) => sample.Quality == Reliability.NoFaultDetected;

    private static Sample SampleOf(Observation observation)
    {
        var reading = observation.Reading;
        if (reading.IsReliable) return new(0, observation.Point, reading.At, reading.Value, Reliability.NoFaultDetected);
        var quality = reading.Reliability == Reliability.NoFaultDetected ? Reliability.UnreliableOther : reading.Reliability;
        return new(0, observation.Point, reading.At, double.NaN, quality);
    }

    private readonly record struct Heard(Sample Stored, Sample Seen);
}
