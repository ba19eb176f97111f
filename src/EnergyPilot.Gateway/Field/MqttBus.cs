using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using EnergyPilot.Core.Control;
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
    private Action<LineFault> noticed = static _ => { };

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

    public ImmutableArray<LineTrouble> Troubles => line.Trouble is { Length: > 0 } why ? [LineTrouble.OfBroker(line.Fault, line.Reason, why, Bus.Where)] : [];

    /// <summary>
    /// Opens a connection of its own for a look: a subscription beside those that run, over their connection, would make the broker say again what it has kept
    /// to the control, too, and its end would end theirs where the topics are the same.
    /// </summary>
    public required Func<IMessageLine> Another { get; init; }

    public ValueTask Poll(DateTimeOffset at, CancellationToken stop)
    {
        if (!isListening)
        {
            isListening = true;
            line.Listen([.. routes.Keys.Concat(availability.Keys).Distinct(StringComparer.Ordinal).Select(MqttFilter.Parse)], Hear);
        }

        if (line.Trouble.Length > 0)
            foreach (var counters in Counters.Values) counters.Failed(Trouble.Disconnected);
        return ValueTask.CompletedTask;
    }

    public async ValueTask<Look> Look(Device device, ProcessImage other, DateTimeOffset at, CancellationToken stop)
    {
        try
        {
            await using var beside = new MqttBus(Bus, [device], Another(), other) { Another = Another };
            return await beside.Listen(at, stop);
        }
        catch (Unusable e)
        {
            return Field.Look.NotPossible(e.Trouble);
        }
    }

    /// <summary>Done once the broker has it: whether a sleeping valve has taken it, its next message tells.</summary>
    public async ValueTask<WriteResult> Write(Point point, double value, CancellationToken stop)
    {
        if (line.Trouble.Length > 0) return WriteResult.Failed;
        var where = (MessageSelector)point.Type.Where;
        var topic = $"{owners[point.Id].Address}/{where.Command.Topic}";
        var payload = where.Command.Payload.Replace(CommandMessage.Value, MessageWords.Of(point, where, value / point.Factor), StringComparison.Ordinal);
        Trace?.Record(FrameDirection.Sent, Encoding.UTF8.GetBytes($"{topic} {payload}"));
        return await line.Publish(MqttTopic.Parse(topic), Encoding.UTF8.GetBytes(payload), Bus.Deadline, stop) ? WriteResult.Done : WriteResult.Failed;
    }

    public ValueTask DisposeAsync() => line.DisposeAsync();

    // Until every value has come once, or time is over.
    private async ValueTask<Look> Listen(DateTimeOffset at, CancellationToken stop)
    {
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var last = LineFault.NothingHeard;
        PointId[] wanted = [.. routes.Values.SelectMany(r => r).SelectMany(r => r.Points).Select(p => p.Id)];
        noticed = fault =>
        {
            if (last != LineFault.None || fault == LineFault.DeviceOffline) last = fault;
            var known = image.Freeze(at, []).Readings;
            if (wanted.All(known.ContainsKey)) all.TrySetResult();
        };
        await Poll(at, stop);
        await all.Task.WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (line.Trouble.Length > 0) return Field.Look.Asked(Troubles);
        return last == LineFault.None ? Field.Look.Asked() : Field.Look.Asked(new LineTrouble(last, $"{last}.", Fact.Of("duration", Hosting.Probe.Patience)));
    }

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
            noticed(Take(route, payload, kept, at));
    }

    private void Lose(Device device, DateTimeOffset at)
    {
        Counters[device.Id].Failed(Trouble.Timeout);
        foreach (var point in device.Points)
            if (point.Type.Access != Access.Write) image.Put(point.Id, Reading.Unreliable(Reliability.CommunicationFailure, at));
        noticed(LineFault.DeviceOffline);
    }

    private LineFault Take(MessageRoute route, ReadOnlySpan<byte> payload, MessageAge kept, DateTimeOffset at)
    {
        if (!route.TryRead(payload))
        {
            Counters[route.Device.Id].Failed(Trouble.Meaning);
            return LineFault.NotUnderstood;
        }

        var seen = route.LastSeen(payload, at);
        if (seen == DateTimeOffset.MinValue && kept == MessageAge.Kept) return LineFault.OnlyKept;
        if (seen == DateTimeOffset.MinValue) seen = at;
        Counters[route.Device.Id].Heard(seen);
        foreach (var (point, value) in route.Values(payload)) image.Put(point, value * point.Factor, seen);
        return LineFault.None;
    }
}
