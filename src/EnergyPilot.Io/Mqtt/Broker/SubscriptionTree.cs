namespace EnergyPilot.Io.Mqtt.Broker;

/// <summary>
/// All filters by their levels. A message visits each branch at most once, so what a publication costs is bounded by the
/// number of levels that subscriptions may have in all, whatever wildcards they use.
/// </summary>
internal sealed class SubscriptionTree
{
    private readonly Node root = new();

    public bool IsEmpty => root.IsEmpty;

    public void Add(BrokerSubscription subscription)
    {
        var node = root;
        foreach (var level in subscription.Filter.AsSpan().Split('/'))
            node = node.Child(subscription.Filter.AsSpan()[level]);
        node.Add(subscription);
    }

    public void Remove(BrokerSubscription subscription) => Remove(root, subscription.Filter, subscription);

    /// <summary>Adds the places whose subscriptions are for this topic.</summary>
    public void Match(ReadOnlySpan<char> topic, List<Node> into)
    {
        // MQTT-4.7.2-1: a wildcard in front does not reach the server's own topics.
        if (!topic.StartsWith('$'))
        {
            Match(root, topic, into);
            return;
        }

        var end = LevelEnd(topic);
        if (root.Find(topic[..end]) is { } own)
            Enter(own, topic, end, into);
    }

    private static void Match(Node node, ReadOnlySpan<char> topic, List<Node> into)
    {
        var end = LevelEnd(topic);
        if (node.Find("#") is { } all)
            into.Add(all);
        if (node.Find(topic[..end]) is { } exact)
            Enter(exact, topic, end, into);
        if (node.Find("+") is { } any)
            Enter(any, topic, end, into);
    }

    private static void Enter(Node node, ReadOnlySpan<char> topic, int end, List<Node> into)
    {
        if (end < topic.Length)
        {
            Match(node, topic[(end + 1)..], into);
            return;
        }

        if (node.HasSubscriptions)
            into.Add(node);
        // MQTT-4.7.1-2: "sport/#" is also for "sport".
        if (node.Find("#") is { } all)
            into.Add(all);
    }

    private static void Remove(Node node, ReadOnlySpan<char> filter, BrokerSubscription subscription)
    {
        var end = LevelEnd(filter);
        if (node.Find(filter[..end]) is not { } child)
            return;
        if (end == filter.Length)
            child.Remove(subscription);
        else
            Remove(child, filter[(end + 1)..], subscription);
        if (child.IsEmpty)
            node.Forget(filter[..end]);
    }

    private static int LevelEnd(ReadOnlySpan<char> text) => text.IndexOf('/') is var slash and >= 0 ? slash : text.Length;

    /// <summary>One level; wildcards are levels like others, since no topic has them.</summary>
    internal sealed class Node
    {
        private Dictionary<string, Node>? children;
        private List<BrokerSubscription>? own;
        private Dictionary<string, BrokerGroup>? groups;

        public bool HasSubscriptions => own is { Count: > 0 } || groups is { Count: > 0 };

        public bool IsEmpty => !HasSubscriptions && children is not { Count: > 0 };

        public IReadOnlyList<BrokerSubscription> Own => own ?? (IReadOnlyList<BrokerSubscription>)[];

        public Dictionary<string, BrokerGroup>.ValueCollection? Groups => groups?.Values;

        public Node? Find(ReadOnlySpan<char> level) =>
            children is not null && children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(level, out var child) ? child : null;

        public Node Child(ReadOnlySpan<char> level)
        {
            if (Find(level) is { } known)
                return known;
            children ??= new Dictionary<string, Node>(1);
            return children[level.ToString()] = new Node();
        }

        public void Forget(ReadOnlySpan<char> level)
        {
            children?.GetAlternateLookup<ReadOnlySpan<char>>().Remove(level);
            if (children is { Count: 0 })
                children = null;
        }

        public void Add(BrokerSubscription subscription)
        {
            if (subscription.Group.Length == 0)
            {
                own ??= new List<BrokerSubscription>(1);
                own.Add(subscription);
                return;
            }

            groups ??= new Dictionary<string, BrokerGroup>(1);
            if (!groups.TryGetValue(subscription.Group, out var group))
                groups[subscription.Group] = group = new BrokerGroup();
            group.Add(subscription);
        }

        public void Remove(BrokerSubscription subscription)
        {
            own?.Remove(subscription);
            if (groups is null || !groups.TryGetValue(subscription.Group, out var group))
                return;
            group.Remove(subscription);
            if (group.IsEmpty)
                groups.Remove(subscription.Group);
        }
    }
}
