namespace EnergyPilot.Io.Mqtt.Broker;

/// <summary>A message on its way to one client: shared by all, but for these few facts.</summary>
/// <param name="Message">What is sent.</param>
/// <param name="Qos">With which QoS.</param>
/// <param name="IsRetained">Whether the client sees it as retained.</param>
/// <param name="Identifiers">The identifiers of the subscriptions that it is for; shared, often empty.</param>
internal readonly record struct BrokerDelivery(BrokerMessage Message, MqttQos Qos, bool IsRetained, uint[] Identifiers);

/// <summary>PUBLISH as the broker writes it.</summary>
internal readonly struct BrokerPublish(BrokerDelivery delivery, ushort identifier, bool isAgain, uint expirySeconds) : IMqttPacket
{
    public byte Head => new MqttPublish { Qos = delivery.Qos, IsRetained = delivery.IsRetained, IsDuplicate = isAgain && delivery.Qos > 0 }.Head;

    public void WriteBody(ref MqttWriter to, MqttVersion version)
    {
        to.UInt16((ushort)delivery.Message.Topic.Length);
        to.Raw(delivery.Message.Topic);
        if (delivery.Qos != MqttQos.AtMostOnce)
            to.UInt16(identifier);
        if (version == MqttVersion.V50)
            WriteProperties(ref to);
        to.Raw(delivery.Message.Payload);
    }

    private void WriteProperties(ref MqttWriter to)
    {
        var own = MqttWriter.Counting;
        WriteOwn(ref own);
        to.VariableInteger((uint)(delivery.Message.Properties.Length + own.Length));
        WriteOwn(ref to);
        to.Raw(delivery.Message.Properties);
    }

    private void WriteOwn(ref MqttWriter to)
    {
        // MQTT-3.3.2-6: what remains of the time.
        if (expirySeconds > 0)
        {
            to.Byte((byte)MqttPropertyId.MessageExpiryInterval);
            to.UInt32(expirySeconds);
        }

        // MQTT-3.3.4-3 to -5
        foreach (var subscription in delivery.Identifiers)
        {
            to.Byte((byte)MqttPropertyId.SubscriptionIdentifier);
            to.VariableInteger(subscription);
        }
    }
}
