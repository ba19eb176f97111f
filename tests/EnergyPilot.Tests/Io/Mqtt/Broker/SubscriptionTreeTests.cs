using System.Text;
using EnergyPilot.Io.Mqtt;
using EnergyPilot.Io.Mqtt.Broker;

namespace EnergyPilot.Tests.Io.Mqtt.Broker;

/// <summary>The tree of filters against the plain comparison of each filter with the topic.</summary>
public sealed class SubscriptionTreeTests
{
    private static readonly string[] Levels = ["", "a", "b", "+", "$x"];
    private static readonly string[] TopicLevels = ["", "a", "b", "c", "$x"];

    [Fact]
    public void Tree_finds_what_comparison_finds()
    {
        var random = new Random(5);
        var tree = new SubscriptionTree();
        var session = new BrokerSession("c", "", new BrokerOutbox(new(), new QueueBudget(0), new RetainedMessages(new(), TimeProvider.System)));
        var subscriptions = new List<BrokerSubscription>();
        for (var i = 0; i < 20_000; i++)
        {
            if (random.Next(3) > 0 && subscriptions.Count < 60 && Filter(random) is { } filter && subscriptions.TrueForAll(s => s.Text != filter))
                tree.Add(Added(subscriptions, new BrokerSubscription(session, filter, 0, [])));
            else if (subscriptions.Count > 0 && random.Next(2) == 0)
                tree.Remove(Removed(subscriptions, random.Next(subscriptions.Count)));
            var topic = Join(random, TopicLevels);
            if (topic.Length == 0)
                continue;
            var places = new List<SubscriptionTree.Node>();
            tree.Match(topic, places);

            places.SelectMany(place => place.Own)
                .Select(s => s.Text).Order().ShouldBe(
                    subscriptions.Where(s => MqttFilter.Parse(s.Text).Matches(Encoding.UTF8.GetBytes(topic))).Select(s => s.Text).Order(), topic);
        }

        foreach (var subscription in subscriptions)
            tree.Remove(subscription);
        tree.IsEmpty.ShouldBeTrue();
    }

    private static string? Filter(Random random)
    {
        var text = Join(random, Levels) + (random.Next(3) == 0 ? "/#" : "");
        return MqttFilter.TryParse(text, out _) ? text : random.Next(2) == 0 ? "#" : null;
    }

    private static string Join(Random random, string[] levels) => string.Join('/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => levels[random.Next(levels.Length)]));

    private static BrokerSubscription Added(List<BrokerSubscription> to, BrokerSubscription subscription)
    {
        to.Add(subscription);
        return subscription;
    }

    private static BrokerSubscription Removed(List<BrokerSubscription> from, int at)
    {
        var subscription = from[at];
        from.RemoveAt(at);
        return subscription;
    }
}
