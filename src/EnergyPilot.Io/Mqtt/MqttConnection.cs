namespace EnergyPilot.Io.Mqtt;

/// <summary>How a client stands with its server.</summary>
/// <param name="Phase">Whether it is connected.</param>
/// <param name="Since">Since when, by the wall clock: for people, not for arithmetic.</param>
/// <param name="IsSessionPresent">Whether the server had kept the session when the connection was made.</param>
/// <param name="LastFault">What went wrong last, also when it works again.</param>
/// <param name="LastReason">The server's reason for it.</param>
/// <param name="LastFaultText">The same in a sentence for an engineer; empty when nothing has gone wrong.</param>
public sealed record MqttConnection(
    MqttPhase Phase, DateTimeOffset Since, bool IsSessionPresent, MqttFault LastFault, MqttReason LastReason, string LastFaultText);

/// <summary>The phases of a client's life.</summary>
public enum MqttPhase
{
    /// <summary>Not running, or waiting before the next attempt.</summary>
    Apart,

    /// <summary>An attempt to connect is under way.</summary>
    Connecting,

    /// <summary>The server has accepted the connection.</summary>
    Connected,
}
