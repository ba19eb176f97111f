namespace EnergyPilot.Io.Mqtt;

// For a session that lives on this client and binds what it says to one connection.
public sealed partial class MqttClient
{
    /// <summary>The connection that is there now.</summary>
    internal MqttLink? Present => link;

    /// <summary>Ends when the subscriptions of the present connection have been answered.</summary>
    internal Task Renewing => renewing;

    /// <summary>The largest packet that is sent or taken.</summary>
    internal int MaximumPacketSize => options.MaximumPacketSize;

    /// <summary>Whether the server has granted this subscription in the present session.</summary>
    internal bool IsSubscribed(MqttFilter filter) => wishes.IsMade(filter);

    /// <summary>Hands a message of QoS 0 to that connection and to no later one; when it has ended, nothing is sent.</summary>
    internal ValueTask<MqttResult> PublishOnce(MqttMessage message, MqttLink over, CancellationToken stop)
    {
        if (message.Payload.Length > options.MaximumPacketSize)
            return ValueTask.FromResult(MqttResult.Failed(MqttFault.TooLarge));
        return over == link ? PublishOver(over, message, stop) : ValueTask.FromResult(MqttResult.Failed(MqttFault.NotConnected));
    }

    /// <summary>Sends the messages of QoS 1 that were held back in that connection.</summary>
    internal ValueTask Open(MqttLink over, CancellationToken stop)
    {
        parts.Window.Open(over);
        return over.Send(parts.Window, stop);
    }

    /// <summary>Says goodbye to the server of that connection and comes back after the usual pause.</summary>
    internal void Leave(MqttLink over)
    {
        if (leave is var leaving && over == link)
            _ = leaving.CancelAsync();
    }
}
