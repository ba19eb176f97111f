using System.Collections.Immutable;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Gateway.Uplink;

/// <summary>What is told live and has no history of its own: the mode of each zone, how many alarms stand, what became of a wish. A birth tells all of it, after it changes are told.</summary>
internal sealed class ZoneNews(SparkplugEdge edge, LiveView live, Func<UplinkDirectory> names, Site site)
{
    private Known known = new(ImmutableDictionary<ZoneId, SparkplugScalar>.Empty, 0);

    /// <summary>The births tell what was so in this cycle.</summary>
    public void Told(CycleRecord? record) => Volatile.Write(ref known, record is null ? new(ImmutableDictionary<ZoneId, SparkplugScalar>.Empty, 0) : Of(record));

    public async Task Run(CancellationToken stop)
    {
        await foreach (var record in live.Watch(stop))
            if (edge.Standing is { Phase: SparkplugPhase.Born } now) await Tell(now.Birth, record, stop);
    }

    /// <summary>Answers a wish.</summary>
    public async ValueTask Answer(ZoneId zone, string answer, DateTimeOffset at, CancellationToken stop)
    {
        if (edge.Standing is { Phase: SparkplugPhase.Born } now)
            await edge.Publish(now.Birth, UplinkDirectory.DeviceOf(zone), new[] { new SparkplugDatum(names().Wishes[zone].Answer, SparkplugScalar.Of(answer), at) }, stop);
    }

    private async ValueTask Tell(long birth, CycleRecord record, CancellationToken stop)
    {
        var (before, now, at) = (Volatile.Read(ref known), Of(record), record.Decision.At);
        foreach (var (zone, mode) in now.Modes)
            if (!before.Modes.TryGetValue(zone, out var told) || told != mode)
                await edge.Publish(birth, UplinkDirectory.DeviceOf(zone), new[] { new SparkplugDatum(names().Wishes[zone].Mode, mode, at) }, stop);
        if (now.Alarms != before.Alarms) await edge.Publish(birth, "", new[] { new SparkplugDatum(UplinkNames.AlarmsAlias, SparkplugScalar.Of(now.Alarms), at) }, stop);
        // Births that were made meanwhile have told something else.
        Interlocked.CompareExchange(ref known, now, before);
    }

    private Known Of(CycleRecord record) => new(site.Zones.ToImmutableDictionary(z => z.Id, z => UplinkBirths.Mode(record, z.Id)), record.Decision.Alarms.Length);

    private sealed record Known(ImmutableDictionary<ZoneId, SparkplugScalar> Modes, long Alarms);
}
