using System.Text;
using EnergyPilot.Io.Mqtt;

namespace EnergyPilot.Tests.Gateway.Field;

/// <summary>A broker that says what the test says, to those who listen, and keeps what it is given.</summary>
internal sealed class HeardMessages : IMessageLine
{
    private MessageHeard heard = (_, _, _, _) => { };

    public string Trouble => "";

    public MqttFault Fault => MqttFault.None;

    public MqttReason Reason => MqttReason.Success;

    public (string Topic, string Payload) Published { get; private set; }

    public void Say(string topic, string payload, DateTimeOffset at) => heard(topic, Encoding.UTF8.GetBytes(payload), MessageAge.News, at);

    public void Listen(IReadOnlyList<MqttFilter> filters, MessageHeard heard) => this.heard = heard;

    public ValueTask<bool> Publish(MqttTopic topic, ReadOnlyMemory<byte> payload, TimeSpan deadline, CancellationToken stop)
    {
        Published = (topic.ToString(), Encoding.UTF8.GetString(payload.Span));
        return ValueTask.FromResult(true);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
