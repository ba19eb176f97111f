using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Gateway.Uplink;

/// <summary>What is told live and has no history of its own: the mode of each zone, how many alarms stand, what became of a wish.</summary>
internal sealed class ZoneNews(SparkplugEdge edge, LiveView live, Func<UplinkDirectory> names, Site site)
{
    private readonly Dictionary<ZoneId, SparkplugScalar> modes = [];
    private long birth, alarms;

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

    // A birth tells all of it as it was a cycle ago, so after one all is told once, then what changes.
    private async ValueTask Tell(long present, CycleRecord record, CancellationToken stop)
    {
        var at = record.Decision.At;
        var isNew = present != birth;
        birth = present;
        foreach (var zone in site.Zones)
        {
            var mode = UplinkBirths.Mode(record, zone.Id);
            if (!isNew && modes.TryGetValue(zone.Id, out var before) && before == mode) continue;
            modes[zone.Id] = mode;
            await edge.Publish(present, UplinkDirectory.DeviceOf(zone.Id), new[] { new SparkplugDatum(names().Wishes[zone.Id].Mode, mode, at) }, stop);
        }

        if (!isNew && record.Decision.Alarms.Length == alarms) return;
        alarms = record.Decision.Alarms.Length;
        await edge.Publish(present, "", new[] { new SparkplugDatum(UplinkNames.AlarmsAlias, SparkplugScalar.Of(alarms), at) }, stop);
    }
}
