namespace EnergyPilot.Io.Mqtt.Broker;

/// <summary>A shared subscription (5.0 §4.8.2): each message goes to one of its members.</summary>
internal sealed class BrokerGroup
{
    private readonly List<BrokerSubscription> members = [];
    private int next;

    public bool IsEmpty => members.Count == 0;

    public void Add(BrokerSubscription member) => members.Add(member);

    public void Remove(BrokerSubscription member) => members.Remove(member);

    /// <summary>
    /// The member whose turn it is: one that is connected and has room, else one that is connected, else one that is away;
    /// messages of QoS 0 wait for nobody (null). What a member was given stays with its session.
    /// </summary>
    public BrokerSubscription? Choose(BrokerMessage message)
    {
        BrokerSubscription? second = null, third = null;
        for (var i = 0; i < members.Count; i++)
        {
            var at = (next + i) % members.Count;
            var (member, session) = (members[at], members[at].Session);
            if (session.Connection is not null && session.Outbox.HasRoom(message))
            {
                next = at + 1;
                return member;
            }

            if (session.Connection is not null)
                second ??= member;
            else if (message.Qos > 0 && member.Qos > 0 && session.Outbox.HasRoom(message))
                third ??= member;
        }

        next++;
        return second ?? third;
    }
}
