using System.Net;

namespace EnergyPilot.Io.Mqtt.Broker;

/// <summary>Where a broker listens, whom it lets in and how much it gives. Impossible values throw when the broker is opened.</summary>
public sealed record MqttBrokerOptions
{
    /// <summary>Where it listens; port 0 takes a free one.</summary>
    public IReadOnlyList<MqttListener> Listeners { get; init; } = [new(new IPEndPoint(IPAddress.Loopback, 1883), null)];

    /// <summary>
    /// Who may come in; null for everybody. A client whose certificate was verified needs no password, but when it names a user
    /// the password must be right.
    /// </summary>
    public MqttPasswords? Passwords { get; init; }

    /// <summary>How much it gives.</summary>
    public MqttBrokerLimits Limits { get; init; } = new();
}

/// <summary>One address that is listened to.</summary>
/// <param name="At">The address and port.</param>
/// <param name="Tls">Encryption; null for plain TCP.</param>
public sealed record MqttListener(IPEndPoint At, MqttBrokerTls? Tls);
