namespace EnergyPilot.Io.Mqtt;

/// <summary>The subscriptions that a client wants, renewed when the server has not kept them.</summary>
internal sealed class MqttWishes
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, MqttWish> wishes = [];

    public void Add(MqttSubscription subscription)
    {
        lock (gate)
            wishes[subscription.Filter.ToString()] = new MqttWish(subscription, IsMade: false);
    }

    public void Remove(MqttFilter filter)
    {
        lock (gate)
            wishes.Remove(filter.ToString());
    }

    public void Made(MqttSubscription subscription)
    {
        lock (gate)
            if (wishes.TryGetValue(subscription.Filter.ToString(), out var wish) && wish.Subscription == subscription)
                wishes[subscription.Filter.ToString()] = wish with { IsMade = true };
    }

    public void SessionLost()
    {
        lock (gate)
            foreach (var (filter, wish) in wishes.ToArray())
                wishes[filter] = wish with { IsMade = false };
    }

    public bool IsMade(MqttFilter filter)
    {
        lock (gate)
            return wishes.TryGetValue(filter.ToString(), out var wish) && wish.IsMade;
    }

    public IReadOnlyList<MqttSubscription> NotMade()
    {
        lock (gate)
            return [.. wishes.Values.Where(wish => !wish.IsMade).Select(wish => wish.Subscription)];
    }

    private sealed record MqttWish(MqttSubscription Subscription, bool IsMade);
}
