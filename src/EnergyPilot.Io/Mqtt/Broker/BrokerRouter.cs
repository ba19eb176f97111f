using System.Buffers;
using System.Text;

namespace EnergyPilot.Io.Mqtt.Broker;

/// <summary>Who gets a message. Guarded by the exchange's lock.</summary>
internal sealed class BrokerRouter(MqttBrokerLimits limits, TimeProvider time, Action<MqttBrokerNote> note)
{
    private readonly SubscriptionTree tree = new();
    private readonly RetainedMessages retained = new(limits, time);
    private readonly QueueBudget budget = new(limits.QueuedBytesInAll);
    private readonly List<SubscriptionTree.Node> places = [];
    private readonly List<BrokerSession> addressees = [];
    private readonly char[] topicText = new char[limits.TopicLength];
    private long publication;
    private int subscriptions;
    private long delivered, dropped;
    private bool isRetainedFull;

    public MqttBrokerFigures Figures => new()
    {
        Subscriptions = subscriptions,
        Retained = retained.Count,
        RetainedBytes = retained.Bytes,
        QueuedBytes = budget.Used,
        Received = Received,
        Delivered = delivered,
        Dropped = dropped,
    };

    public long Received { get; set; }

    public BrokerOutbox NewOutbox() => new(limits, budget, retained);

    public void Sweep() => retained.Sweep();

    /// <summary>Makes or replaces a subscription; the answer is the QoS granted or why not (5.0 §3.9.3).</summary>
    public MqttReason Subscribe(BrokerSession session, string filter, byte options, uint[] identifiers)
    {
        if (!IsWithinLimits(filter, Encoding.UTF8.GetByteCount(filter)))
            return MqttReason.TopicFilterInvalid;
        // MQTT-3.8.4-3: an identical filter replaces the earlier one.
        var isNew = !session.Subscriptions.Remove(filter, out var earlier);
        if (isNew && (session.Subscriptions.Count >= limits.SubscriptionsPerClient || subscriptions >= limits.Subscriptions))
            return MqttReason.QuotaExceeded;
        if (earlier is not null)
            tree.Remove(earlier);
        subscriptions += isNew ? 1 : 0;
        var subscription = new BrokerSubscription(session, filter, options, identifiers);
        session.Subscriptions[filter] = subscription;
        tree.Add(subscription);
        // MQTT-3.3.1-9 to -11; §4.8.2: nothing retained for shared ones.
        if (subscription.Group.Length == 0 && (subscription.RetainHandling == MqttRetainHandling.Send || (isNew && subscription.RetainHandling == MqttRetainHandling.SendIfNew)))
            session.Outbox.Add(retained.Feed(subscription));
        return (MqttReason)subscription.Qos;
    }

    public MqttReason Unsubscribe(BrokerSession session, string filter)
    {
        if (!session.Subscriptions.Remove(filter, out var subscription))
            return MqttReason.NoSubscriptionExisted;
        tree.Remove(subscription);
        subscriptions--;
        session.Outbox.RemoveFeed(filter);
        return MqttReason.Success;
    }

    /// <summary>Forgets everything of a session that ends.</summary>
    public void Forget(BrokerSession session)
    {
        foreach (var subscription in session.Subscriptions.Values)
            tree.Remove(subscription);
        subscriptions -= session.Subscriptions.Count;
        session.Subscriptions.Clear();
        session.Outbox.Clear();
    }

    /// <summary>Passes on what a client published; the answer is for its acknowledgement.</summary>
    public MqttReason Publish(BrokerSession from, in MqttPublish publish)
    {
        if (publish.Topic.Length > limits.TopicLength)
            return Refuse(MqttReason.TopicNameInvalid);
        var topic = topicText.AsSpan(0, EncodingExtensions.GetChars(Encoding.UTF8, publish.Topic, topicText));
        if (!IsWithinLimits(topic, (int)publish.Topic.Length))
            return Refuse(MqttReason.TopicNameInvalid);
        Find(topic);
        if (places.Count == 0 && !publish.IsRetained)
            return MqttReason.NoMatchingSubscribers;
        var message = BrokerMessage.Of(publish, time);
        var reason = Keep(topic, message) ? MqttReason.Success : MqttReason.QuotaExceeded;
        // Who is told that the message was not taken sends it again; for all others it goes on its way, though not kept.
        if (reason != MqttReason.Success && publish.Qos > 0 && from.Connection?.Version == MqttVersion.V50)
            return reason;
        return Deliver(from, message) ? MqttReason.Success : MqttReason.NoMatchingSubscribers;
    }

    /// <summary>Publishes the will of a session.</summary>
    public void Publish(BrokerSession from, BrokerWill will)
    {
        var message = will.ExpirySeconds == uint.MaxValue ? will.Message : will.Message.Until(time.GetTimestamp() + (will.ExpirySeconds * time.TimestampFrequency));
        if (message.Topic.Length > limits.TopicLength)
        {
            dropped++;
            return;
        }

        var topic = topicText.AsSpan(0, Encoding.UTF8.GetChars(message.Topic, topicText));
        Find(topic);
        Keep(topic, message);
        Deliver(from, message);
    }

    public void CountDelivered() => delivered++;

    /// <summary>A message could not be delivered or kept; said once for a session until it is new or has reconnected.</summary>
    public void Drop(BrokerSession session, string why)
    {
        dropped++;
        if (session.IsDropping)
            return;
        session.IsDropping = true;
        note(new MqttBrokerNote(MqttBrokerEvent.Dropping, session.ClientId, MqttReason.QuotaExceeded, $"'{session.ClientId}' loses messages: {why}."));
    }

    private MqttReason Refuse(MqttReason reason)
    {
        dropped++;
        return reason;
    }

    private void Find(ReadOnlySpan<char> topic)
    {
        places.Clear();
        tree.Match(topic, places);
    }

    private bool Keep(ReadOnlySpan<char> topic, BrokerMessage message)
    {
        if (!message.IsRetained)
            return true;
        var isKept = retained.TryKeep(topic, message);
        if (!isKept)
            dropped++;
        if (!isKept && !isRetainedFull)
            note(new MqttBrokerNote(MqttBrokerEvent.Dropping, "", MqttReason.QuotaExceeded, "There is no room for another retained message."));
        isRetainedFull = !isKept;
        return isKept;
    }

    // One copy for a session, with the highest QoS of its matching subscriptions and all their identifiers (MQTT-3.3.4-2 to
    // -4, 3.1.1 MQTT-3.3.5-1), and one for each group that shares.
    private bool Deliver(BrokerSession from, BrokerMessage message)
    {
        publication++;
        addressees.Clear();
        var isWanted = false;
        foreach (var place in places)
        {
            foreach (var subscription in place.Own)
                Address(subscription, from, message);
            if (place.Groups is not { } groups)
                continue;
            foreach (var group in groups)
                if (group.Choose(message) is { } chosen)
                {
                    isWanted = true;
                    Enqueue(chosen.Session, Delivery(chosen, message));
                }
        }

        foreach (var session in addressees)
            Enqueue(session, session.Routed);
        return isWanted || addressees.Count > 0;
    }

    private void Address(BrokerSubscription subscription, BrokerSession from, BrokerMessage message)
    {
        var session = subscription.Session;
        // MQTT-3.8.3-3
        if (subscription.NoLocal && session == from)
            return;
        var delivery = Delivery(subscription, message);
        if (session.RoutedBy != publication)
        {
            session.RoutedBy = publication;
            session.Routed = delivery;
            addressees.Add(session);
            return;
        }

        var before = session.Routed;
        session.Routed = new BrokerDelivery(
            message,
            before.Qos > delivery.Qos ? before.Qos : delivery.Qos,
            before.IsRetained || delivery.IsRetained,
            delivery.Identifiers.Length == 0 ? before.Identifiers : [.. before.Identifiers, .. delivery.Identifiers]);
    }

    // MQTT-3.3.1-12, -13
    private static BrokerDelivery Delivery(BrokerSubscription subscription, BrokerMessage message) =>
        new(message, message.Qos < subscription.Qos ? message.Qos : subscription.Qos, message.IsRetained && subscription.RetainAsPublished, subscription.Identifiers);

    private void Enqueue(BrokerSession session, in BrokerDelivery delivery)
    {
        // Only QoS 1 waits for who is away (§4.1 leaves QoS 0 to the server).
        if (session.Connection is null && delivery.Qos == MqttQos.AtMostOnce)
            return;
        if (!session.Outbox.TryAdd(delivery))
            Drop(session, session.Connection is null ? "its queue is full while it is away" : "it reads too slowly and its queue is full");
        session.Connection?.Wake();
    }

    private bool IsWithinLimits(ReadOnlySpan<char> text, int bytes) =>
        bytes <= limits.TopicLength && text.Count('/') < limits.TopicLevels;
}
