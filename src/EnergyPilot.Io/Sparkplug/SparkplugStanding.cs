namespace EnergyPilot.Io.Sparkplug;

/// <summary>How an edge node stands.</summary>
/// <param name="Phase">What it does now.</param>
/// <param name="Since">Since when, by the wall clock: for people, not for arithmetic.</param>
public sealed record SparkplugStanding(SparkplugPhase Phase, DateTimeOffset Since)
{
    /// <summary>The number of the present birth, to publish under; 0 while there is none.</summary>
    public long Birth { get; init; }

    /// <summary>How often all births were sent.</summary>
    public long Births { get; init; }

    /// <summary>Messages sent: births, data and deaths.</summary>
    public long Sent { get; init; }

    /// <summary>Metrics of commands that were passed on.</summary>
    public long Commands { get; init; }

    /// <summary>Metrics of commands that no birth names.</summary>
    public long UnknownCommands { get; init; }

    /// <summary>Commands that are no payload, kept ones of the broker's, values of another type, and states of the host that are no such thing.</summary>
    public long InvalidCommands { get; init; }

    /// <summary>Requests of hosts for a rebirth; several may be answered with one.</summary>
    public long RebirthRequests { get; init; }

    /// <summary>Whether the primary host says that it is there; null when none is named.</summary>
    public bool? IsHostOnline { get; init; }

    /// <summary>What went wrong last, in a sentence for an engineer, also when it works again; empty when nothing has.</summary>
    public string LastFaultText { get; init; } = "";

    /// <summary>The kind of it, where it was the connection's.</summary>
    public Mqtt.MqttFault LastFault { get; init; }
}

/// <summary>The phases of an edge node's life.</summary>
public enum SparkplugPhase
{
    /// <summary>Not running, or waiting before the next attempt.</summary>
    Apart,

    /// <summary>Connecting, or waiting until the server has granted the subscriptions.</summary>
    Connecting,

    /// <summary>Connected, and waiting until the primary host says that it is there.</summary>
    WaitingForHost,

    /// <summary>About to send the births, at a random moment so that many nodes do not all at once, or sending them.</summary>
    Spreading,

    /// <summary>The births are sent: data can be published.</summary>
    Born,
}
