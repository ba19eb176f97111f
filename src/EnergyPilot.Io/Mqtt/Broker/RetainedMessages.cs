using System.Runtime.InteropServices;

namespace EnergyPilot.Io.Mqtt.Broker;

/// <summary>
/// The last message of each topic, in the order in which they came. A new subscriber does not get a copy of the list, but a
/// place in it (<see cref="RetainedFeed"/>), from which it reads on as fast as it can: memory does not depend on how many
/// subscribe to everything, nor on how slowly they read.
/// </summary>
internal sealed class RetainedMessages(MqttBrokerLimits limits, TimeProvider time)
{
    // What a topic costs beside its message: the key, its place, the table.
    private const int TopicOverhead = 128;

    // Holding the lock for more would delay others.
    private const int StepsAtOnce = 256;

    private readonly Dictionary<string, long> sequences = [];
    private readonly List<(long Sequence, BrokerMessage? Message)> order = [];
    private long last;
    private int expiring;

    public int Count => sequences.Count;

    public long Bytes { get; private set; }

    /// <summary>Keeps the message instead of an earlier one, or with an empty payload forgets that (MQTT-3.3.1-5, -6); false when there is no room.</summary>
    public bool TryKeep(ReadOnlySpan<char> topic, BrokerMessage message)
    {
        var lookup = sequences.GetAlternateLookup<ReadOnlySpan<char>>();
        // Also where the new one finds no room: an old value that passes for the last one is worse than none.
        if (lookup.TryGetValue(topic, out var before))
            Forget(topic, before);
        if (message.Payload.IsEmpty)
            return true;
        var cost = message.Size + (2 * topic.Length) + TopicOverhead;
        if (Count >= limits.RetainedMessages || Bytes + cost > limits.RetainedBytes)
            return false;
        lookup[topic] = ++last;
        order.Add((last, message));
        Bytes += cost;
        expiring += message.Due < long.MaxValue ? 1 : 0;
        return true;
    }

    /// <summary>A place before everything that is there now, for what a subscription is for.</summary>
    public RetainedFeed Feed(BrokerSubscription subscription) => new(subscription, last);

    /// <summary>Looks for the next message of a feed, not for long: without a message the feed has ended, or is to be asked again.</summary>
    public BrokerMessage? Next(RetainedFeed feed)
    {
        if (!feed.Subscription.HasWildcard)
            return Exact(feed);
        var list = CollectionsMarshal.AsSpan(order);
        var at = IndexOf(feed.Next);
        for (var steps = 0; steps < StepsAtOnce; steps++, at++)
        {
            if (at >= list.Length || list[at].Sequence > feed.End)
            {
                feed.IsOver = true;
                return null;
            }

            feed.Next = list[at].Sequence + 1;
            if (list[at].Message is { } message && message.Due > time.GetTimestamp() && MqttFilter.Matches(feed.Filter, message.Topic))
                return message;
        }

        return null;
    }

    /// <summary>Gives up what is no longer to be delivered.</summary>
    public void Sweep()
    {
        if (expiring == 0)
            return;
        var now = time.GetTimestamp();
        foreach (var (topic, sequence) in sequences.ToArray())
            if (order[IndexOf(sequence)].Message is { } message && message.Due <= now)
                Forget(topic, sequence);
    }

    private BrokerMessage? Exact(RetainedFeed feed)
    {
        feed.IsOver = true;
        if (!sequences.TryGetValue(feed.Subscription.Filter, out var sequence) || sequence > feed.End)
            return null;
        var message = order[IndexOf(sequence)].Message;
        return message?.Due > time.GetTimestamp() ? message : null;
    }

    private void Forget(ReadOnlySpan<char> topic, long sequence)
    {
        var at = IndexOf(sequence);
        Bytes -= CostOf(at);
        expiring -= order[at].Message?.Due < long.MaxValue ? 1 : 0;
        sequences.GetAlternateLookup<ReadOnlySpan<char>>().Remove(topic);
        order[at] = (sequence, null);
        if (order.Count > 64 && order.Count > 2 * Count)
            order.RemoveAll(entry => entry.Message is null);
    }

    private int CostOf(int at) => order[at].Message is { } message ? message.Size + (2 * System.Text.Encoding.UTF8.GetCharCount(message.Topic)) + TopicOverhead : 0;

    // The first place whose sequence is not smaller.
    private int IndexOf(long sequence)
    {
        var (low, high) = (0, order.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (order[middle].Sequence < sequence)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}

/// <summary>How far a subscriber has read the retained messages that were there when it subscribed.</summary>
internal sealed class RetainedFeed(BrokerSubscription subscription, long end)
{
    public BrokerSubscription Subscription => subscription;

    public byte[] Filter { get; } = subscription.FilterUtf8();

    /// <summary>What came after the subscription was delivered as news.</summary>
    public long End => end;

    public long Next { get; set; }

    public bool IsOver { get; set; }
}
