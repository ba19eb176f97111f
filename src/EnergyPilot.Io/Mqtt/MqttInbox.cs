using System.Buffers;

namespace EnergyPilot.Io.Mqtt;

/// <summary>
/// Takes messages in and says what to answer. Remembers which messages of QoS 2 were delivered but not released yet,
/// over connections as long as the session lasts.
/// </summary>
internal sealed class MqttInbox(MqttOptions options, MqttHandler handler, Action<Exception> failed)
{
    private readonly HashSet<ushort> unreleased = [];
    private byte[] whole = [];
    private volatile bool isHandling;
    private long received;

    /// <summary>Whether the handler runs now: the silence of the connection is then our own.</summary>
    public bool IsHandling => isHandling;

    /// <summary>Messages delivered so far.</summary>
    public long Received => Interlocked.Read(ref received);

    public void SessionLost() => unreleased.Clear();

    /// <summary>
    /// Delivers the message of a PUBLISH; false with the reason when it must end the connection.
    /// An answer of the kind 0 is none.
    /// </summary>
    public bool TryTake(in MqttFrame frame, out MqttAck answer, out MqttEnd? end)
    {
        (answer, end) = (default, null);
        if (!MqttPublish.TryParse(Whole(frame), options.Version, out var publish, out var malformed))
            end = MqttEnd.Malformed(malformed, MqttPacketKind.Publish);
        else if (publish.Properties.Contains(MqttPropertyId.TopicAlias))
            // MQTT-3.3.2-9: we allowed none.
            end = MqttEnd.Wrong(MqttReason.TopicAliasInvalid, "The server sent a topic alias, though none was allowed.");
        else if (publish.Qos == MqttQos.ExactlyOnce && !unreleased.Contains(publish.Identifier) && unreleased.Count >= Most)
            // MQTT-3.3.4-9
            end = MqttEnd.Wrong(MqttReason.ReceiveMaximumExceeded, $"The server sent more than {Most} messages of QoS 2 without releasing them.");
        else
            answer = Take(publish);
        return end is null;
    }

    /// <summary>Ends a delivery of QoS 2 (5.0 §4.3.3).</summary>
    public MqttAck Release(ushort identifier) => new(
        MqttPacketKind.Pubcomp, identifier, unreleased.Remove(identifier) ? MqttReason.Success : MqttReason.PacketIdentifierNotFound, MqttProperties.None);

    // 3.1.1 knows no such limit, but the set must have one.
    private int Most => options.Version == MqttVersion.V50 ? options.ReceiveMaximum : ushort.MaxValue;

    private MqttAck Take(in MqttPublish publish)
    {
        switch (publish.Qos)
        {
            case MqttQos.AtMostOnce:
                Handle(publish);
                return default;
            case MqttQos.AtLeastOnce:
                return new MqttAck(MqttPacketKind.Puback, publish.Identifier, Handle(publish), MqttProperties.None);
            default:
                return TakeOnce(publish);
        }
    }

    // Method A of figure 4.3: delivered at PUBLISH, and not again until PUBREL.
    private MqttAck TakeOnce(in MqttPublish publish)
    {
        var reason = unreleased.Contains(publish.Identifier) ? MqttReason.Success : Handle(publish);
        // A refusal ends the exchange in 5.0; 3.1.1 has none.
        if (reason == MqttReason.Success || options.Version == MqttVersion.V311)
            unreleased.Add(publish.Identifier);
        return new MqttAck(MqttPacketKind.Pubrec, publish.Identifier, reason, MqttProperties.None);
    }

    private MqttReason Handle(in MqttPublish publish)
    {
        isHandling = true;
        try
        {
            handler(new MqttDelivery
            {
                Topic = publish.Topic.FirstSpan,
                Payload = publish.Payload.FirstSpan,
                Qos = publish.Qos,
                IsRetained = publish.IsRetained,
                IsDuplicate = publish.IsDuplicate,
                Properties = publish.Properties,
            });
            return MqttReason.Success;
        }
        catch (Exception trouble)
        {
            // Whatever it is: one message that a handler cannot take must not cost all others, for it would come again for ever.
            failed(trouble);
            return MqttReason.ImplementationSpecific;
        }
        finally
        {
            Interlocked.Increment(ref received);
            isHandling = false;
        }
    }

    // Only packets that lie across the ends of receive buffers are copied, into one buffer that is kept.
    private MqttFrame Whole(in MqttFrame frame)
    {
        if (frame.Body.IsSingleSegment)
            return frame;
        var length = (int)frame.Body.Length;
        if (whole.Length < length)
            whole = new byte[Math.Min(options.MaximumPacketSize, Math.Max(2 * length, 1024))];
        frame.Body.CopyTo(whole);
        return new MqttFrame(frame.Head, new ReadOnlySequence<byte>(whole, 0, length));
    }
}
