using System.Text;
using EnergyPilot.Io.Mqtt;

namespace EnergyPilot.Io.Sparkplug;

/// <summary>Reads commands. Whatever comes, nothing is thrown: what is no command is counted.</summary>
internal sealed class SparkplugOrders(SparkplugTopics topics, SparkplugCommandHandler commanded, Action rebirthAsked)
{
    private long taken;
    private long unknown;
    private long invalid;

    /// <summary>What the hosts have been told; null while there is no birth.</summary>
    public SparkplugRoster? Roster { get; set; }

    public SparkplugStanding Count(SparkplugStanding standing) => standing with
    {
        Commands = Interlocked.Read(ref taken),
        UnknownCommands = Interlocked.Read(ref unknown),
        InvalidCommands = Interlocked.Read(ref invalid),
    };

    public void Invalid() => Interlocked.Increment(ref invalid);

    /// <summary>Takes a message; false when its topic is none of commands.</summary>
    public bool TryTake(in MqttDelivery delivery)
    {
        var isNode = topics.NodeCommands.Matches(delivery.Topic);
        if (!isNode && !topics.DeviceCommands.Matches(delivery.Topic))
            return false;
        // topics-ncmd-mqtt, topics-dcmd-mqtt: a command that a server has kept would be done again at each connection.
        if (delivery.IsRetained || !SparkplugPayload.TryParse(delivery.Payload, SparkplugLimits.Command, out var payload, out _))
            Invalid();
        else
            Take(isNode ? "" : topics.DeviceOf(delivery.Topic), payload);
        return true;
    }

    private void Take(string device, in SparkplugPayload payload)
    {
        var asked = new List<SparkplugCommand>();
        foreach (var metric in payload.Metrics)
            if (device.Length == 0 && metric.Name.SequenceEqual("Node Control/Rebirth"u8))
                Rebirth(metric);
            else if (Roster is { } roster && roster.TryFind(device, out var scope) && scope.TryFind(metric.Alias ?? 0, Encoding.UTF8.GetString(metric.Name), out var entry))
                Take(device, entry, metric, payload.Timestamp, asked);
            else
                Interlocked.Increment(ref unknown);
        if (asked.Count == 0)
            return;
        commanded(asked);
        Interlocked.Add(ref taken, asked.Count);
    }

    private void Rebirth(in SparkplugMetric metric)
    {
        // operational-behavior-data-commands-ncmd-rebirth-value
        if (!metric.Value.TryBoolean(out var isAsked))
            Invalid();
        else if (isAsked)
            rebirthAsked();
    }

    private void Take(string device, SparkplugEntry entry, in SparkplugMetric metric, ulong? sentAt, List<SparkplugCommand> asked)
    {
        // payloads-metric-datatype-not-req: without a type the birth's one holds. With one, the value must still be of the birth's.
        var type = metric.Type == SparkplugType.Unknown ? entry.Type : metric.Type;
        var value = SparkplugScalar.None;
        if (!metric.IsNull && !(SparkplugScalar.TryRead(type, metric.Value, out var said) && said.TryAs(entry.Type, out value)))
        {
            Invalid();
            return;
        }

        DateTimeOffset? at = (metric.Timestamp ?? sentAt) is { } milliseconds && SparkplugTime.TryRead(milliseconds, out var time) ? time : null;
        asked.Add(new SparkplugCommand(device, entry.Name, entry.Type, value, at));
    }
}
