using System.Buffers;

namespace EnergyPilot.Io.Mqtt.Broker;

/// <summary>
/// The sessions of a broker and what goes between them, under one lock: nothing in it waits, and no step is longer than the
/// number of subscriptions that a message is for. Sockets are written and read outside.
/// </summary>
internal sealed class BrokerExchange(MqttBrokerLimits limits, TimeProvider time, Action<MqttBrokerNote> note)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, BrokerSession> sessions = [];
    private readonly BrokerRouter router = new(limits, time, note);

    public MqttBrokerFigures Figures
    {
        get
        {
            lock (gate)
                return router.Figures with { Sessions = sessions.Count };
        }
    }

    /// <summary>
    /// Connects a client with its session, new or kept, and takes that from another connection which has it (MQTT-3.1.4-3).
    /// A reason other than success refuses it.
    /// </summary>
    public MqttReason Attach(BrokerConnection connection, BrokerTerms terms, out BrokerSession? session, out bool isPresent)
    {
        lock (gate)
        {
            isPresent = false;
            if (sessions.TryGetValue(terms.ClientId, out session) && session.Owner != terms.Owner)
                return MqttReason.ClientIdentifierNotValid;
            if (session is not null)
                TakeOver(session, terms, out isPresent);
            if (!isPresent && sessions.Count >= limits.Sessions)
                return MqttReason.QuotaExceeded;
            if (!isPresent || session is null)
                sessions[terms.ClientId] = session = new BrokerSession(terms.ClientId, terms.Owner, router.NewOutbox());
            (session.Connection, session.Expiry, session.Will, session.IsDropping) = (connection, terms.Expiry, terms.Will, false);
            session.Outbox.Reconnected();
            return MqttReason.Success;
        }
    }

    /// <summary>A connection has ended: its will is due now, later or never, and so is the end of its session.</summary>
    public void Detach(BrokerConnection connection, BrokerSession session, BrokerEndKind end)
    {
        lock (gate)
        {
            if (session.Connection != connection)
                return;
            session.Connection = null;
            // MQTT-3.14.4-3
            if (end == BrokerEndKind.Left)
                session.Will = null;
            var now = time.GetTimestamp();
            session.EndsAt = now + TicksOf(session.Expiry);
            session.WillAt = now + TicksOf(session.Will?.Delay ?? TimeSpan.Zero);
            if (session.Will is { } will && will.Delay == TimeSpan.Zero)
                PublishWill(session);
            if (session.Expiry == TimeSpan.Zero)
                Remove(session);
        }
    }

    /// <summary>DISCONNECT may change how long the session is kept (5.0 §3.14.2.2.2).</summary>
    public void KeepFor(BrokerSession session, BrokerConnection connection, TimeSpan expiry)
    {
        lock (gate)
            if (session.Connection == connection)
                session.Expiry = expiry < limits.SessionExpiry ? expiry : limits.SessionExpiry;
    }

    /// <summary>
    /// Takes a message in. An answer of the kind 0 is none; false when the client has more messages of QoS 2 on their way
    /// than it may.
    /// </summary>
    public bool TryReceive(BrokerSession session, BrokerConnection connection, in MqttPublish publish, out MqttAck answer)
    {
        answer = default;
        lock (gate)
        {
            if (session.Connection != connection)
                return true;
            var isRepeated = publish.Qos == MqttQos.ExactlyOnce && session.Unreleased.Contains(publish.Identifier);
            if (publish.Qos == MqttQos.ExactlyOnce && !isRepeated && session.Unreleased.Count >= limits.ReceiveMaximum)
                return false;
            router.Received += isRepeated ? 0 : 1;
            var reason = isRepeated ? MqttReason.Success : router.Publish(session, publish);
            // MQTT-4.3.3-10: a refusal ends the exchange; 3.1.1 has none.
            if (publish.Qos == MqttQos.ExactlyOnce && (reason < MqttReason.Unspecified || connection.Version == MqttVersion.V311))
                session.Unreleased.Add(publish.Identifier);
            if (publish.Qos != MqttQos.AtMostOnce)
                answer = new MqttAck(publish.Qos == MqttQos.AtLeastOnce ? MqttPacketKind.Puback : MqttPacketKind.Pubrec, publish.Identifier, reason, MqttProperties.None);
            return true;
        }
    }

    public MqttAck Release(BrokerSession session, ushort identifier)
    {
        lock (gate)
            return new MqttAck(MqttPacketKind.Pubcomp, identifier, session.Unreleased.Remove(identifier) ? MqttReason.Success : MqttReason.PacketIdentifierNotFound, MqttProperties.None);
    }

    public void Acknowledge(BrokerSession session, BrokerConnection connection, ushort identifier)
    {
        lock (gate)
            if (session.Connection == connection)
                session.Outbox.Acknowledge(identifier);
    }

    /// <summary>Makes or ends subscriptions, as many as the packet has; the answer has a code for each.</summary>
    public byte[] Apply(BrokerSession session, BrokerConnection connection, in MqttSubscribe packet)
    {
        var identifier = packet.Properties.Number(MqttPropertyId.SubscriptionIdentifier, 0);
        uint[] identifiers = identifier == 0 ? [] : [identifier];
        var codes = new ArrayBufferWriter<byte>(8);
        var list = new MqttReader(packet.Entries);
        while (MqttSubscribe.TryNext(ref list, packet.Kind, out var filter, out var options))
        {
            var text = MqttText.Of(filter);
            lock (gate)
                if (session.Connection == connection)
                    codes.Write([(byte)(packet.Kind == MqttPacketKind.Subscribe ? router.Subscribe(session, text, options, identifiers) : router.Unsubscribe(session, text))]);
        }

        return codes.WrittenSpan.ToArray();
    }

    /// <summary>The next packet for a connection.</summary>
    public BrokerTakeKind Take(BrokerSession session, BrokerConnection connection, BrokerTerms terms, out BrokerPublish packet)
    {
        packet = default;
        lock (gate)
        {
            if (session.Connection != connection)
                return BrokerTakeKind.Nothing;
            var (kind, delivery, identifier, isAgain) = session.Outbox.Take(terms.Window);
            if (kind != BrokerTakeKind.Packet)
                return kind;
            var left = delivery.Message.Due == long.MaxValue ? long.MaxValue : delivery.Message.Due - time.GetTimestamp();
            var seconds = left == long.MaxValue ? 0 : (uint)Math.Max(1, left / time.TimestampFrequency);
            packet = new BrokerPublish(delivery, identifier, isAgain, seconds);
            // MQTT-3.1.2-24, -25: too long for this client is as good as delivered. MQTT-3.3.2-5: too late, but what was begun is finished.
            var isTooLong = MqttEncoder.LengthOf(packet, terms.Version) > terms.PacketSize;
            if (isTooLong)
                router.Drop(session, "a message is longer than it takes");
            if (isTooLong || (left <= 0 && !isAgain))
            {
                session.Outbox.Acknowledge(identifier);
                return BrokerTakeKind.Again;
            }

            if (!isAgain)
                router.CountDelivered();
            return BrokerTakeKind.Packet;
        }
    }

    /// <summary>Publishes wills and ends sessions that are due.</summary>
    public void Sweep()
    {
        lock (gate)
        {
            var now = time.GetTimestamp();
            foreach (var session in sessions.Values.Where(session => session.Connection is null).ToArray())
            {
                if (session.Will is not null && session.WillAt <= now)
                    PublishWill(session);
                if (session.EndsAt <= now)
                    Remove(session);
            }

            router.Sweep();
        }
    }

    private void TakeOver(BrokerSession session, BrokerTerms terms, out bool isPresent)
    {
        if (session.Connection is { } earlier)
        {
            session.Connection = null;
            earlier.End(BrokerEnd.Wrong(MqttReason.SessionTakenOver, "Another connection came with its identifier."));
            // The earlier connection is lost: a will without delay is due (5.0 §3.1.4).
            if (session.Will?.Delay == TimeSpan.Zero)
                PublishWill(session);
            // Its session was to end with it.
            if (session.Expiry == TimeSpan.Zero)
                Remove(session);
        }

        // MQTT-3.1.2-4
        if (terms.IsCleanStart && sessions.ContainsKey(terms.ClientId))
            Remove(session);
        isPresent = sessions.ContainsKey(terms.ClientId);
        // MQTT-3.1.3-9: who is back in time has no will published.
        session.Will = null;
    }

    private void Remove(BrokerSession session)
    {
        sessions.Remove(session.ClientId);
        // MQTT-3.1.2-8: a will is due at the end of its session at the latest.
        PublishWill(session);
        router.Forget(session);
    }

    private void PublishWill(BrokerSession session)
    {
        if (session.Will is { } will)
            router.Publish(session, will);
        session.Will = null;
    }

    private long TicksOf(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);
}
