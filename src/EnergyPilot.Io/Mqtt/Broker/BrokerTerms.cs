namespace EnergyPilot.Io.Mqtt.Broker;

/// <summary>What a client and the broker agreed to in CONNECT and CONNACK.</summary>
/// <param name="ClientId">Who it is; given by the broker when it did not say.</param>
/// <param name="Owner">The user whose password or certificate was good; empty where nobody asks.</param>
/// <param name="Version">The protocol's version.</param>
/// <param name="IsCleanStart">Whether an earlier session is given up.</param>
/// <param name="Expiry">How long the session outlives the connection.</param>
/// <param name="KeepAlive">The longest silence; zero for any.</param>
/// <param name="Window">Messages of QoS 1 that the client takes at once.</param>
/// <param name="PacketSize">The longest packet that the client takes.</param>
/// <param name="Will">What is published when it is lost.</param>
internal sealed record BrokerTerms(
    string ClientId, string Owner, MqttVersion Version, bool IsCleanStart, TimeSpan Expiry, TimeSpan KeepAlive, int Window, uint PacketSize, BrokerWill? Will)
{
    public static BrokerTerms Of(in MqttConnect connect, string clientId, string owner, MqttBrokerLimits limits)
    {
        var said = connect.Properties;
        var isV50 = connect.Version == MqttVersion.V50;
        return new BrokerTerms(
            clientId,
            owner,
            connect.Version,
            connect.IsCleanStart,
            ExpiryOf(connect, limits),
            KeepAliveOf(connect, limits),
            Math.Min(limits.Inflight, isV50 ? (int)said.Number(MqttPropertyId.ReceiveMaximum, ushort.MaxValue) : ushort.MaxValue),
            isV50 ? said.Number(MqttPropertyId.MaximumPacketSize, uint.MaxValue) : uint.MaxValue,
            connect.HasWill ? WillOf(connect) : null);
    }

    /// <summary>What CONNACK must tell the client beside the reason.</summary>
    public MqttProperties Answer(in MqttConnect connect, MqttBrokerLimits limits)
    {
        if (Version == MqttVersion.V311)
            return MqttProperties.None;
        var list = new MqttPropertyList()
            .Add(MqttPropertyId.ReceiveMaximum, (uint)limits.ReceiveMaximum)
            .Add(MqttPropertyId.MaximumPacketSize, (uint)limits.PacketSize);
        if ((uint)Expiry.TotalSeconds != connect.Properties.Number(MqttPropertyId.SessionExpiryInterval, 0))
            list.Add(MqttPropertyId.SessionExpiryInterval, (uint)Expiry.TotalSeconds);
        // MQTT-3.2.2-21, -22
        if ((ushort)KeepAlive.TotalSeconds != connect.KeepAlive)
            list.Add(MqttPropertyId.ServerKeepAlive, (uint)KeepAlive.TotalSeconds);
        // MQTT-3.1.3-7, MQTT-3.2.2-16
        if (connect.ClientId.IsEmpty)
            list.Add(MqttPropertyId.AssignedClientIdentifier, ClientId);
        return list.Properties;
    }

    // A 3.1.1 session that is not clean has no end of its own (3.1.1 §3.1.2.4): it gets the longest.
    private static TimeSpan ExpiryOf(in MqttConnect connect, MqttBrokerLimits limits)
    {
        if (connect.Version == MqttVersion.V311)
            return connect.IsCleanStart ? TimeSpan.Zero : limits.SessionExpiry;
        return Shorter(TimeSpan.FromSeconds(connect.Properties.Number(MqttPropertyId.SessionExpiryInterval, 0)), limits.SessionExpiry);
    }

    private static TimeSpan KeepAliveOf(in MqttConnect connect, MqttBrokerLimits limits)
    {
        var wanted = TimeSpan.FromSeconds(connect.KeepAlive);
        if (connect.Version == MqttVersion.V311)
            return wanted;
        return wanted == TimeSpan.Zero ? limits.KeepAlive : Shorter(wanted, limits.KeepAlive);
    }

    private static BrokerWill WillOf(in MqttConnect connect) => new(
        BrokerMessage.WillOf(connect),
        TimeSpan.FromSeconds(connect.WillProperties.Number(MqttPropertyId.WillDelayInterval, 0)),
        connect.WillProperties.Number(MqttPropertyId.MessageExpiryInterval, uint.MaxValue));

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
