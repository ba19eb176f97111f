using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Io.Mqtt;

namespace EnergyPilot.Simulation;

/// <summary>
/// The broker of the virtual school: wireless devices that send their JSON once a minute, and take commands. Paths of plain names only,
/// as nearly all devices have.
/// </summary>
internal sealed class VirtualMessages(VirtualSchool school, Bus bus) : IMessageLine
{
    private readonly Device[] devices = [.. school.Site.Devices.Where(d => d.Bus.Id == bus.Id)];
    private MessageHeard heard = static (_, _, _, _) => { };

    public string Trouble
    {
        get
        {
            school.CatchUp();
            return "";
        }
    }

    public MqttFault Fault => MqttFault.None;

    public MqttReason Reason => MqttReason.Success;

    public void Listen(IReadOnlyList<MqttFilter> filters, MessageHeard heard)
    {
        this.heard = heard;
        school.EachMinute(Minute);
    }

    public ValueTask<bool> Publish(MqttTopic topic, ReadOnlyMemory<byte> payload, TimeSpan deadline, CancellationToken stop)
    {
        foreach (var device in devices)
            foreach (var point in device.Points)
                if (point.Type.Where is MessageSelector { Command: { } command } where && topic.ToString() == $"{device.Address}/{command.Topic}"
                    && TryValue(point, where, Encoding.UTF8.GetString(payload.Span), out var value))
                    school.Write(point, value);
        return ValueTask.FromResult(true);
    }

    public ValueTask DisposeAsync()
    {
        school.NoMinute(Minute);
        return ValueTask.CompletedTask;
    }

    private void Minute()
    {
        foreach (var device in devices)
        {
            if (school.Has(FaultKind.Silent, device.Id)) continue;
            foreach (var group in device.Points.GroupBy(p => ((MessageSelector)p.Type.Where).Topic))
            {
                var json = Message(device, group);
                if (school.Has(FaultKind.CrcErrors, device.Id)) json = json[..^1];
                heard(group.Key.Length == 0 ? device.Address : $"{device.Address}/{group.Key}", json, MessageAge.News, school.Now);
            }
        }
    }

    private byte[] Message(Device device, IEnumerable<Point> points)
    {
        var root = new JsonObject();
        foreach (var point in points) Put(root, ((MessageSelector)point.Type.Where).Path, Value(point));
        if (device.Type.LifeSigns.LastSeen is { Length: > 0 } when) Put(root, when, school.Now.ToString("O", CultureInfo.InvariantCulture));
        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }

    private JsonNode Value(Point point)
    {
        var where = (MessageSelector)point.Type.Where;
        var value = school.Read(point);
        if (point.Type.Quantity != Quantity.State) return Math.Round(where.Scaling.FromCanonical(value), 3);
        var word = value >= 0.5 ? where.On : where.Off;
        return bool.TryParse(word, out var truth) ? truth : word.Length > 0 ? word : where.On.Length + where.Off.Length == 0 ? value >= 0.5 : !Truth(where);
    }

    // Only one of the two words is known, and it is a truth: this is the other.
    private static bool Truth(MessageSelector where) => string.Equals(where.On.Length > 0 ? where.On : where.Off, "true", StringComparison.Ordinal);

    private static void Put(JsonObject root, string path, JsonNode value)
    {
        var names = path.TrimStart('$', '.').Split('.');
        foreach (var name in names[..^1])
        {
            if (root[name] is not JsonObject inner) root[name] = inner = [];
            root = inner;
        }

        root[names[^1]] = value;
    }

    private static bool TryValue(Point point, MessageSelector where, string payload, out double value)
    {
        var at = where.Command.Payload.IndexOf(CommandMessage.Value, StringComparison.Ordinal);
        var (before, after) = (where.Command.Payload[..at], where.Command.Payload[(at + CommandMessage.Value.Length)..]);
        value = 0;
        if (payload.Length < before.Length + after.Length || !payload.StartsWith(before, StringComparison.Ordinal) || !payload.EndsWith(after, StringComparison.Ordinal)) return false;
        var word = payload[before.Length..^after.Length];
        if (point.Type.Quantity == Quantity.State)
        {
            value = word == (where.On.Length > 0 ? where.On : "true") ? 1 : 0;
            return true;
        }

        if (!double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return false;
        value = where.Scaling.ToCanonical(number);
        return true;
    }
}
