using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Io.Json;
using EnergyPilot.Io.Mqtt;
using EnergyPilot.Io.Tracing;

namespace EnergyPilot.Gateway.Field;

/// <summary>
/// Wireless devices that a broker speaks for. They speak when they like; nothing is polled. A message that the broker has kept says nothing
/// of when it was true: it counts only for devices that write the time into it.
/// </summary>
internal sealed class MqttBus : IFieldBus
{
    private readonly IMessageLine line;
    private readonly ProcessImage image;
    private readonly Dictionary<string, List<MessageRoute>> routes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Device> availability = new(StringComparer.Ordinal);
    private readonly ImmutableDictionary<PointId, Device> owners;
    private bool isListening;

    public MqttBus(Bus bus, IEnumerable<Device> devices, IMessageLine line, ProcessImage image)
    {
        (Bus, this.line, this.image) = (bus, line, image);
        Device[] all = [.. devices];
        Counters = all.ToImmutableDictionary(d => d.Id, _ => new DeviceCounters());
        owners = all.SelectMany(d => d.Points, (d, p) => (p.Id, d)).ToImmutableDictionary(x => x.Id, x => x.d);
        foreach (var device in all) Route(device);
    }

    public Bus Bus { get; }

    public ImmutableDictionary<string, DeviceCounters> Counters { get; }

    /// <summary>Messages as text: the topic, a blank, the payload.</summary>
    public FrameTrace? Trace { get; init; }

    public string Trouble => line.Trouble;

    public LineFault Fault => Trouble.Length > 0 ? LineFault.Broker : LineFault.None;

    public ValueTask Poll(DateTimeOffset at, CancellationToken stop)
    {
        if (!isListening)
        {
            isListening = true;
            line.Listen([.. routes.Keys.Concat(availability.Keys).Distinct(StringComparer.Ordinal).Select(MqttFilter.Parse)], Hear);
        }

        if (Trouble.Length > 0)
            foreach (var counters in Counters.Values) counters.Failed(Field.Trouble.Disconnected);
        return ValueTask.CompletedTask;
    }

    /// <summary>Done once the broker has it: whether a sleeping valve has taken it, its next message tells.</summary>
    public async ValueTask<WriteResult> Write(Point point, double value, CancellationToken stop)
    {
        if (Trouble.Length > 0) return WriteResult.Failed;
        var where = (MessageSelector)point.Type.Where;
        var topic = $"{owners[point.Id].Address}/{where.Command.Topic}";
        var payload = where.Command.Payload.Replace(CommandMessage.Value, MessageWords.Of(point, where, value / point.Factor), StringComparison.Ordinal);
        Trace?.Record(FrameDirection.Sent, Encoding.UTF8.GetBytes($"{topic} {payload}"));
        return await line.Publish(MqttTopic.Parse(topic), Encoding.UTF8.GetBytes(payload), Bus.Deadline, stop) ? WriteResult.Done : WriteResult.Failed;
    }

    public ValueTask DisposeAsync() => line.DisposeAsync();

    private void Route(Device device)
    {
        foreach (var group in device.Points.Where(p => p.Type.Access != Access.Write).GroupBy(p => ((MessageSelector)p.Type.Where).Topic))
        {
            var topic = group.Key.Length == 0 ? device.Address : $"{device.Address}/{group.Key}";
            if (!routes.TryGetValue(topic, out var sharing)) routes[topic] = sharing = [];
            sharing.Add(new MessageRoute(device, [.. group]));
        }

        if (device.Type.LifeSigns.Availability is { Length: > 0 } sign) availability[$"{device.Address}/{sign}"] = device;
    }

    private void Hear(string topic, ReadOnlySpan<byte> payload, MessageAge kept, DateTimeOffset at)
    {
        Trace?.Record(FrameDirection.Received, [.. Encoding.UTF8.GetBytes(topic), (byte)' ', .. payload[..Math.Min(payload.Length, FrameTrace.LongestFrame)]]);
        if (availability.TryGetValue(topic, out var device) && MessageWords.IsOffline(payload)) Lose(device, at);
        if (!routes.TryGetValue(topic, out var sharing)) return;
        foreach (var route in sharing)
            Take(route, payload, kept, at);
    }

    private void Lose(Device device, DateTimeOffset at)
    {
        Counters[device.Id].Failed(Field.Trouble.Timeout);
        foreach (var point in device.Points)
            if (point.Type.Access != Access.Write) image.Put(point.Id, Reading.Unreliable(Reliability.CommunicationFailure, at));
    }

    private void Take(MessageRoute route, ReadOnlySpan<byte> payload, MessageAge kept, DateTimeOffset at)
    {
        if (!route.TryRead(payload))
        {
            Counters[route.Device.Id].Failed(Field.Trouble.Meaning);
            return;
        }

        var seen = route.LastSeen(payload, at);
        if (seen == DateTimeOffset.MinValue && kept == MessageAge.Kept) return;
        if (seen == DateTimeOffset.MinValue) seen = at;
        Counters[route.Device.Id].Heard(seen);
        foreach (var (point, value) in route.Values(payload)) image.Put(point, value * point.Factor, seen);
    }
}
