namespace EnergyPilot.Io.Mqtt;

/// <summary>With whom a client speaks, as whom and how. Impossible values throw when the client is made.</summary>
public sealed record MqttOptions
{
    /// <summary>The largest window: identifiers of messages and of subscriptions must not meet.</summary>
    public const int MaxWindow = 1_000;

    /// <summary>The server's name or address.</summary>
    public required string Host { get; init; }

    /// <summary>The server's port: 1883, with TLS usually 8883.</summary>
    public int Port { get; init; } = 1883;

    /// <summary>The protocol's version.</summary>
    public MqttVersion Version { get; init; } = MqttVersion.V50;

    /// <summary>The client's identifier; empty lets the server choose (without a session over connections in 3.1.1).</summary>
    public string ClientId { get; init; } = "";

    /// <summary>The user; empty for none.</summary>
    public string User { get; init; } = "";

    /// <summary>The password; empty for none. 3.1.1 allows one only with a user.</summary>
    public string Password { get; init; } = "";

    /// <summary>Encryption; null for plain TCP.</summary>
    public MqttTls? Tls { get; init; }

    /// <summary>What the server publishes when the client is lost; null for nothing.</summary>
    public MqttMessage? Will { get; init; }

    /// <summary>Makes the will anew for each CONNECT, in the place of <see cref="Will"/>; null for the same one each time.</summary>
    public Func<MqttMessage>? WillOf { get; init; }

    /// <summary>With which reason the client leaves in order (5.0): <see cref="MqttReason.DisconnectWithWill"/> has the server publish the will all the same.</summary>
    public MqttReason Goodbye { get; init; } = MqttReason.Success;

    /// <summary>The longest silence on the line, 1 s to 65,535 s. A silent server is given up after 1.5 times this.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the server keeps the session without a connection; zero starts a clean one each time (3.1.1: any other is "until told otherwise").</summary>
    public TimeSpan SessionExpiry { get; init; }

    /// <summary>How many messages of QoS 1 may wait for their acknowledgement, 1 to <see cref="MaxWindow"/>; the server may ask for less.</summary>
    public int Window { get; init; } = 20;

    /// <summary>How many messages of QoS 1 and 2 the server may send without acknowledgement (5.0).</summary>
    public int ReceiveMaximum { get; init; } = 100;

    /// <summary>The largest packet in bytes that is accepted; a larger one ends the connection.</summary>
    public int MaximumPacketSize { get; init; } = 256 * 1024;

    /// <summary>For connecting, for an answer to CONNECT and to SUBSCRIBE.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(10);

    // Messages of QoS 1 wait in each new connection until somebody opens it for them: something else must be said first.
    internal bool IsHeldBack { get; init; }

    internal void Check()
    {
        if (Goodbye is not (MqttReason.Success or MqttReason.DisconnectWithWill))
            throw new ArgumentOutOfRangeException(nameof(Goodbye), Goodbye, "A client leaves with or without its will.");
        RequireRange(nameof(KeepAlive), KeepAlive.TotalSeconds, 1, ushort.MaxValue);
        RequireRange(nameof(SessionExpiry), SessionExpiry.TotalSeconds, 0, uint.MaxValue);
        RequireRange(nameof(Window), Window, 1, MaxWindow);
        RequireRange(nameof(ReceiveMaximum), ReceiveMaximum, 1, ushort.MaxValue);
        RequireRange(nameof(MaximumPacketSize), MaximumPacketSize, 64, 16 << 20);
        RequireRange(nameof(Port), Port, 1, ushort.MaxValue);
        RequireText(nameof(ClientId), ClientId);
        RequireText(nameof(User), User);
        RequireText(nameof(Password), Password);
        if (Version == MqttVersion.V311 && User.Length == 0 && Password.Length > 0)
            throw new ArgumentException("MQTT 3.1.1 has no password without a user.");
        if (Version == MqttVersion.V311 && ClientId.Length == 0 && SessionExpiry > TimeSpan.Zero)
            throw new ArgumentException("MQTT 3.1.1 keeps no session for a client without an identifier.");
    }

    // Topic aliases are off by leaving their maximum at 0 (§3.1.2.11.5).
    internal MqttProperties ConnectProperties()
    {
        if (Version == MqttVersion.V311)
            return MqttProperties.None;
        var list = new MqttPropertyList()
            .Add(MqttPropertyId.ReceiveMaximum, (uint)ReceiveMaximum)
            .Add(MqttPropertyId.MaximumPacketSize, (uint)MaximumPacketSize);
        if (SessionExpiry > TimeSpan.Zero)
            list.Add(MqttPropertyId.SessionExpiryInterval, (uint)Math.Ceiling(SessionExpiry.TotalSeconds));
        return list.Properties;
    }

    private static void RequireRange(string name, double value, double least, double most)
    {
        if (!(value >= least && value <= most))
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be from {least} to {most}.");
    }

    private static void RequireText(string name, string value)
    {
        if (!MqttText.IsValid(System.Text.Encoding.UTF8.GetBytes(value)))
            throw new ArgumentException($"{name} is too long or contains U+0000.", name);
    }
}
