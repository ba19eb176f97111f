using System.Buffers;

namespace EnergyPilot.Io.Mqtt.Broker;

/// <summary>What a client says after CONNECT, and the answers.</summary>
internal sealed class BrokerDialogue(BrokerExchange exchange, BrokerConnection connection, BrokerSession session, BrokerTerms terms, MqttLink link)
{
    /// <summary>Takes one packet; a result ends the connection.</summary>
    public async ValueTask<BrokerEnd?> Take(MqttFrame frame, CancellationToken stop)
    {
        var end = Answered(frame, out var ack, out var listed);
        if (ack.Kind != 0)
            await link.Send(ack, stop).ConfigureAwait(false);
        else if (listed is { } suback)
            await link.Send(suback, stop).ConfigureAwait(false);
        else if (end is null && frame.Kind == MqttPacketKind.Pingreq)
            await link.Send(new MqttPing(MqttPacketKind.Pingresp), stop).ConfigureAwait(false);
        // After its answer, and because an acknowledgement makes room for more.
        if (frame.Kind is MqttPacketKind.Subscribe or MqttPacketKind.Puback)
            connection.Wake();
        return end;
    }

    private BrokerEnd? Answered(in MqttFrame frame, out MqttAck ack, out MqttSuback? listed)
    {
        (ack, listed) = (default, null);
        MqttMalformed fault;
        switch (frame.Kind)
        {
            case MqttPacketKind.Publish when MqttPublish.TryParse(frame, terms.Version, out var publish, out fault):
                return Received(publish, out ack);
            case MqttPacketKind.Puback when MqttAck.TryParse(frame, terms.Version, out var acknowledged, out fault):
                exchange.Acknowledge(session, connection, acknowledged.Identifier);
                return null;
            case MqttPacketKind.Pubrel when MqttAck.TryParse(frame, terms.Version, out var released, out fault):
                ack = exchange.Release(session, released.Identifier);
                return null;
            case MqttPacketKind.Subscribe or MqttPacketKind.Unsubscribe when MqttSubscribe.TryParse(frame, terms.Version, out var wishes, out fault):
                listed = Listed(wishes);
                return null;
            case MqttPacketKind.Pingreq when MqttPing.IsValid(frame, out fault):
                return null;
            case MqttPacketKind.Disconnect when MqttFarewell.TryParse(frame, terms.Version, out var farewell, out fault):
                return Farewell(farewell);
            case MqttPacketKind.Publish or MqttPacketKind.Puback or MqttPacketKind.Pubrel or MqttPacketKind.Subscribe or MqttPacketKind.Unsubscribe
                or MqttPacketKind.Pingreq or MqttPacketKind.Disconnect:
                return BrokerEnd.Wrong(MqttReason.MalformedPacket, $"It sent a {frame.Kind} that is malformed.");
            default:
                // MQTT-3.1.0-2: one CONNECT; PUBREC and PUBCOMP answer QoS 2, which is never sent; the rest is the server's to say.
                return BrokerEnd.Wrong(MqttReason.ProtocolError, $"It sent {frame.Kind}, which it must not send now.");
        }
    }

    private BrokerEnd? Received(in MqttPublish publish, out MqttAck ack)
    {
        ack = default;
        // MQTT-3.3.2-9: the maximum was left at 0.
        if (publish.Properties.Contains(MqttPropertyId.TopicAlias))
            return BrokerEnd.Wrong(MqttReason.TopicAliasInvalid, "It sent a topic alias, though none is allowed.");
        // MQTT-3.3.4-6
        if (publish.Properties.Contains(MqttPropertyId.SubscriptionIdentifier))
            return BrokerEnd.Wrong(MqttReason.ProtocolError, "It sent a subscription identifier, which only the server does.");
        // MQTT-3.3.4-9
        return exchange.TryReceive(session, connection, publish, out ack)
            ? null
            : BrokerEnd.Wrong(MqttReason.ReceiveMaximumExceeded, "It has sent too many messages of QoS 2 without releasing them.");
    }

    // Null when another connection has taken the session over meanwhile.
    private MqttSuback? Listed(in MqttSubscribe wishes)
    {
        var codes = exchange.Apply(session, connection, wishes);
        if (codes.Length == 0)
            return null;
        if (terms.Version == MqttVersion.V311)
            foreach (ref var code in codes.AsSpan())
                code = code > (byte)MqttReason.GrantedQos2 ? (byte)MqttReason.Unspecified : code;
        return new MqttSuback(wishes.Kind == MqttPacketKind.Subscribe ? MqttPacketKind.Suback : MqttPacketKind.Unsuback, wishes.Identifier, MqttProperties.None, new ReadOnlySequence<byte>(codes));
    }

    private BrokerEnd Farewell(in MqttFarewell farewell)
    {
        if (farewell.Properties.Contains(MqttPropertyId.SessionExpiryInterval))
        {
            var expiry = TimeSpan.FromSeconds(farewell.Properties.Number(MqttPropertyId.SessionExpiryInterval, 0));
            // §3.14.2.2.2: who asked for no session cannot get one at the end.
            if (terms.Expiry == TimeSpan.Zero && expiry > TimeSpan.Zero)
                return BrokerEnd.Wrong(MqttReason.ProtocolError, "It wants its session kept, which it did not when it came.");
            exchange.KeepFor(session, connection, expiry);
        }

        return farewell.Reason == MqttReason.Success
            ? new BrokerEnd(BrokerEndKind.Left, MqttReason.Success, "It said goodbye.")
            : new BrokerEnd(BrokerEndKind.LeftWithWill, farewell.Reason, $"It left: {farewell.Reason}.");
    }
}
