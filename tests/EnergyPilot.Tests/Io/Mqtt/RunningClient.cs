using System.Text;
using System.Threading.Channels;
using EnergyPilot.Io.Mqtt;

namespace EnergyPilot.Tests.Io.Mqtt;

/// <summary>A client under test with its loop, and what it said and heard.</summary>
internal sealed class RunningClient : IAsyncDisposable
{
    private readonly CancellationTokenSource ending = new();
    private readonly Channel<MqttConnection> changes = Channel.CreateUnbounded<MqttConnection>();
    private readonly Channel<string> messages = Channel.CreateUnbounded<string>();
    private readonly Task running;

    public RunningClient(MqttOptions options, TimeProvider? time = null)
    {
        Client = new MqttClient(options, Take, time ?? TimeProvider.System);
        Client.Changed += change => changes.Writer.TryWrite(change);
        running = Client.Run(ending.Token);
    }

    public MqttClient Client { get; }

    /// <summary>What the handler throws at, and how it waits.</summary>
    public Action<string> OnMessage { get; set; } = _ => { };

    public static MqttMessage Message(string topic, string payload, MqttQos qos = MqttQos.AtLeastOnce) =>
        new(MqttTopic.Parse(topic), Encoding.UTF8.GetBytes(payload), qos);

    /// <summary>Waits for a change to what is asked for.</summary>
    public async Task<MqttConnection> Until(Func<MqttConnection, bool> condition, CancellationToken stop)
    {
        while (true)
        {
            var change = await changes.Reader.ReadAsync(stop);
            if (condition(change))
                return change;
        }
    }

    public Task<MqttConnection> UntilConnected(CancellationToken stop) => Until(change => change.Phase == MqttPhase.Connected, stop);

    public Task<MqttConnection> UntilFault(MqttFault fault, CancellationToken stop) => Until(change => change.LastFault == fault, stop);

    /// <summary>The next message as "topic payload q0", with "r" when retained.</summary>
    public ValueTask<string> NextMessage(CancellationToken stop) => messages.Reader.ReadAsync(stop);

    public bool TryNextMessage(out string? message) => messages.Reader.TryRead(out message);

    /// <summary>Ends it cleanly.</summary>
    public async Task Stop()
    {
        await ending.CancelAsync();
        await running;
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Client.Dispose();
        ending.Dispose();
    }

    private void Take(in MqttDelivery delivery)
    {
        var text = $"{Encoding.UTF8.GetString(delivery.Topic)} {Encoding.UTF8.GetString(delivery.Payload)} q{(int)delivery.Qos}{(delivery.IsRetained ? "r" : "")}";
        messages.Writer.TryWrite(text);
        OnMessage(text);
    }
}
