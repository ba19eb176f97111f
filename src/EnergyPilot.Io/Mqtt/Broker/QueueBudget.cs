namespace EnergyPilot.Io.Mqtt.Broker;

/// <summary>The bytes that all queues may hold together.</summary>
internal sealed class QueueBudget(long most)
{
    public long Used { get; private set; }

    public bool HasRoom(long bytes) => Used + bytes <= most;

    public void Take(long bytes) => Used += bytes;

    public void GiveBack(long bytes) => Used -= bytes;
}
