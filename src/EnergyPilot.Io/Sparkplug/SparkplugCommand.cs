namespace EnergyPilot.Io.Sparkplug;

/// <summary>A host's wish to write one metric, as the births name it.</summary>
/// <param name="Device">The device; empty for the node.</param>
/// <param name="Name">The metric's name, also when the host used the alias.</param>
/// <param name="Type">The metric's type in the birth.</param>
/// <param name="Value">The value in that type; none when it is to be null.</param>
/// <param name="Timestamp">What the host says of the time: the metric's, else the message's; null when it says nothing that can be a time.</param>
public sealed record SparkplugCommand(string Device, string Name, SparkplugType Type, SparkplugScalar Value, DateTimeOffset? Timestamp)
{
    /// <summary>Whether the metric is to have no value.</summary>
    public bool IsNull => Value.IsNull;
}

/// <summary>Takes in what one message asks for, which belongs together. Runs on the connection's loop, in the order of arrival: while it runs nothing else is received. It must not throw.</summary>
public delegate void SparkplugCommandHandler(IReadOnlyList<SparkplugCommand> commands);
