using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Io.Mqtt;
using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Gateway.Uplink;

/// <summary>
/// The last values as plain JSON, kept by the broker, for people and simple programs. One message is on its way at a time, and the next is made from the cycle
/// that is newest then: a broker that is slow or away is owed nothing.
/// </summary>
/// <remarks>
/// The connection's only will is Sparkplug's, so after a power cut "online" stays on the topic of the status; with MQTT 5 the broker forgets it after
/// <see cref="MirrorDevice.Validity"/>, with 3.1.1 it does not. Each object says itself until when it counts, and Home Assistant counts for itself.
/// </remarks>
internal sealed partial class JsonMirror
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10), FarewellTime = TimeSpan.FromSeconds(1);

    private static readonly ReadOnlyMemory<byte> Online = "online"u8.ToArray(), Offline = "offline"u8.ToArray();

    private readonly SparkplugEdge edge;
    private readonly LiveView live;
    private readonly HomeAssistant? discovery;
    private readonly MirrorDevice[] devices;
    private readonly MqttTopic status;
    private readonly MqttProperties expiring;
    private readonly TimeProvider pacer;
    private readonly ILogger log;
    private long birth, lookedAt, onlineAt;
    private bool isRefused, isThere;

    /// <param name="pacer">Real time, for the network.</param>
    public JsonMirror(SparkplugEdge edge, LiveView live, Site site, TimeProvider pacer, ILogger log)
    {
        (this.edge, this.live, this.pacer, this.log) = (edge, live, pacer, log);
        var uplink = site.Uplink;
        // Points that only the log remembers have no last value.
        var directory = new UplinkDirectory(site, []);
        devices = [.. directory.Devices.Select(id => new MirrorDevice(site, directory, id, MqttTopic.Parse($"{uplink.Mirror}/{id}"), pacer))];
        status = MqttTopic.Parse($"{uplink.Mirror}/status");
        discovery = uplink.Discovery.Length > 0 ? new HomeAssistant(uplink, status) : null;
        expiring = new MqttPropertyList().Add(MqttPropertyId.MessageExpiryInterval, (uint)MirrorDevice.Validity.TotalSeconds).Properties;
    }

    public async Task Run(CancellationToken stop)
    {
        await foreach (var record in live.Watch(stop))
        {
            var present = Present();
            if (present == 0 || (present == birth && pacer.GetElapsedTime(lookedAt) < Pause)) continue;
            lookedAt = pacer.GetTimestamp();
            if (present == birth || await Begin(present, stop)) await Tell(record, stop);
        }
    }

    /// <summary>The gateway goes: says so, if anybody was told that it is there. Waits a second at most.</summary>
    public async Task Leave()
    {
        if (!isThere || Present() == 0) return;
        using var patience = new CancellationTokenSource(FarewellTime, pacer);
        try
        {
            await Publish(new MqttMessage(status, Offline, MqttQos.AtLeastOnce) { Retain = true }, patience.Token);
        }
        catch (OperationCanceledException)
        {
            // A broker that does not read: see the class.
        }
    }

    private long Present() => edge.Standing is { Phase: SparkplugPhase.Born } now ? now.Birth : 0;

    // The broker may be another, or have lost what it kept.
    private async Task<bool> Begin(long present, CancellationToken stop)
    {
        (birth, isThere, isRefused) = (present, false, false);
        foreach (var device in devices) device.Forget();
        if (discovery is null) return true;
        foreach (var device in devices)
            foreach (var entity in discovery.Entities(device))
                if (!await Publish(entity, stop)) return false;
        return true;
    }

    private async Task Tell(CycleRecord record, CancellationToken stop)
    {
        var readings = new Dictionary<PointId, Reading>();
        foreach (var observed in CyclePoints.Of(record)) readings.TryAdd(observed.Point, observed.Reading);
        foreach (var device in devices)
        {
            if (!device.IsNews(record, readings, lookedAt)) continue;
            if (!await Publish(new MqttMessage(device.Topic, device.Document, MqttQos.AtLeastOnce) { Retain = true }, stop)) return;
            device.Told(lookedAt);
        }

        // Last: who hears that the gateway is there finds values that are fresh.
        if (isThere && pacer.GetElapsedTime(onlineAt, lookedAt) < MirrorDevice.Heartbeat) return;
        (isThere, onlineAt) = (true, lookedAt);
        await Publish(new MqttMessage(status, Online, MqttQos.AtLeastOnce) { Retain = true, Properties = expiring }, stop);
    }

    // False when the connection is another by now and all must be told again. A broker that does not want a topic is not asked again before the heartbeat.
    private async Task<bool> Publish(MqttMessage message, CancellationToken stop)
    {
        var result = await edge.Client.Publish(message, stop);
        if (!result.IsGood && !isRefused)
        {
            isRefused = true;
            LogRefused(log, message.Topic, result.Fault, result.Reason);
        }

        return Present() == birth;
    }

    [LoggerMessage(LogLevel.Warning, "The broker does not take the plain values under {Topic}: {Fault} {Reason}")]
    private static partial void LogRefused(ILogger log, MqttTopic topic, MqttFault fault, MqttReason reason);
}
