namespace EnergyPilot.Io.Mqtt.Broker;

/// <summary>
/// What waits for one session: retained messages that it has not read yet, messages in their order, and those on their way
/// without acknowledgement. A full outbox drops what comes, not what it has.
/// </summary>
internal sealed class BrokerOutbox(MqttBrokerLimits limits, QueueBudget budget, RetainedMessages retained)
{
    // An array that once was long is given back when it is empty.
    private const int UsualLength = 64;

    private readonly Queue<BrokerDelivery> waiting = [];
    private readonly List<(ushort Identifier, BrokerDelivery Delivery)> unacknowledged = [];
    private readonly List<RetainedFeed> feeds = [];
    private long bytes;
    private int onWire;
    private ushort identifier;

    public bool HasRoom(BrokerMessage message) =>
        waiting.Count + unacknowledged.Count < limits.QueuedMessages && bytes + message.Size <= limits.QueuedBytes && budget.HasRoom(message.Size);

    public bool TryAdd(in BrokerDelivery delivery)
    {
        if (!HasRoom(delivery.Message))
            return false;
        waiting.Enqueue(delivery);
        Charge(delivery);
        return true;
    }

    /// <summary>Retained messages of a subscription will be read; a feed of the same filter begins again.</summary>
    public void Add(RetainedFeed feed)
    {
        RemoveFeed(feed.Subscription.Text);
        feeds.Add(feed);
    }

    public void RemoveFeed(string filter) => feeds.RemoveAll(feed => feed.Subscription.Text == filter);

    /// <summary>A new connection: everything without acknowledgement goes again (MQTT-4.4.0-1).</summary>
    public void Reconnected() => onWire = 0;

    /// <summary>The next packet for a client that takes <paramref name="window"/> messages of QoS 1 at once.</summary>
    public BrokerTake Take(int window)
    {
        if (onWire < unacknowledged.Count)
        {
            if (onWire >= window)
                return BrokerTake.Nothing;
            var (again, resent) = unacknowledged[onWire++];
            return new BrokerTake(BrokerTakeKind.Packet, resent, again, IsAgain: true);
        }

        var isFull = unacknowledged.Count >= window;
        if (feeds.Count > 0)
            return isFull ? BrokerTake.Nothing : TakeRetained(feeds[0]);
        if (!waiting.TryPeek(out var next) || (isFull && next.Qos > 0))
            return BrokerTake.Nothing;
        waiting.Dequeue();
        if (waiting.Count == 0 && waiting.Capacity > UsualLength)
            waiting.TrimExcess(UsualLength);
        Discharge(next);
        return OnItsWay(next);
    }

    /// <summary>Takes an acknowledgement; false when nothing waits for it.</summary>
    public bool Acknowledge(ushort which)
    {
        var at = unacknowledged.FindIndex(entry => entry.Identifier == which);
        if (at < 0)
            return false;
        Discharge(unacknowledged[at].Delivery);
        unacknowledged.RemoveAt(at);
        onWire -= at < onWire ? 1 : 0;
        return true;
    }

    public void Clear()
    {
        budget.GiveBack(bytes);
        bytes = 0;
        onWire = 0;
        waiting.Clear();
        unacknowledged.Clear();
        feeds.Clear();
    }

    private BrokerTake TakeRetained(RetainedFeed feed)
    {
        var message = retained.Next(feed);
        if (feed.IsOver)
            feeds.Remove(feed);
        if (message is null)
            return BrokerTake.Again;
        var subscription = feed.Subscription;
        // MQTT-3.3.1-8: it comes with the retain flag.
        return OnItsWay(new BrokerDelivery(message, message.Qos < subscription.Qos ? message.Qos : subscription.Qos, true, subscription.Identifiers));
    }

    private BrokerTake OnItsWay(in BrokerDelivery delivery)
    {
        if (delivery.Qos == MqttQos.AtMostOnce)
            return new BrokerTake(BrokerTakeKind.Packet, delivery, 0, IsAgain: false);
        do
            identifier = identifier == ushort.MaxValue ? (ushort)1 : (ushort)(identifier + 1);
        while (unacknowledged.Exists(entry => entry.Identifier == identifier));
        unacknowledged.Add((identifier, delivery));
        onWire++;
        Charge(delivery);
        return new BrokerTake(BrokerTakeKind.Packet, delivery, identifier, IsAgain: false);
    }

    private void Charge(in BrokerDelivery delivery)
    {
        bytes += delivery.Message.Size;
        budget.Take(delivery.Message.Size);
    }

    private void Discharge(in BrokerDelivery delivery)
    {
        bytes -= delivery.Message.Size;
        budget.GiveBack(delivery.Message.Size);
    }
}

/// <summary>What an outbox has for the wire.</summary>
internal readonly record struct BrokerTake(BrokerTakeKind Kind, BrokerDelivery Delivery, ushort Identifier, bool IsAgain)
{
    public static BrokerTake Nothing => default;

    public static BrokerTake Again => new(BrokerTakeKind.Again, default, 0, false);
}

internal enum BrokerTakeKind
{
    Nothing,

    /// <summary>Nothing yet, but there may be more: others were let in between.</summary>
    Again,

    Packet,
}
