using System.Text;

namespace EnergyPilot.Io.Mqtt;

/// <summary>The messages of a real broker. The connection is kept by itself; while there is none, nothing is heard.</summary>
public sealed class MqttMessageLine : IMessageLine
{
    private readonly MqttClient client;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource ending = new();
    private MessageHeard heard = static (_, _, _, _) => { };
    private Task running = Task.CompletedTask;

    /// <summary>Not connected before <see cref="Listen"/>.</summary>
    public MqttMessageLine(MqttOptions options, TimeProvider time)
    {
        this.time = time;
        client = new MqttClient(options, Take, time);
    }

    /// <inheritdoc/>
    public string Trouble => client.Connection switch
    {
        { Phase: MqttPhase.Connected } => "",
        _ when running.IsFaulted => $"Listening has failed: {running.Exception?.InnerException?.Message}",
        { LastFaultText: var why } => why,
    };

    /// <inheritdoc/>
    public MqttFault Fault => running.IsFaulted ? MqttFault.HandlerFailed : client.Connection.LastFault;

    /// <inheritdoc/>
    public MqttReason Reason => client.Connection.LastReason;

    /// <inheritdoc/>
    public void Listen(IReadOnlyList<MqttFilter> filters, MessageHeard heard)
    {
        this.heard = heard;
        running = Task.Run(() => Keep(filters), CancellationToken.None);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> Publish(MqttTopic topic, ReadOnlyMemory<byte> payload, TimeSpan deadline, CancellationToken stop)
    {
        using var late = new CancellationTokenSource(deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stop);
        try
        {
            return (await client.Publish(new MqttMessage(topic, payload, MqttQos.AtLeastOnce), either.Token).ConfigureAwait(false)).IsGood;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync().ConfigureAwait(false);
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        client.Dispose();
        ending.Dispose();
    }

    // A wish made without a connection is kept and made good with the first one.
    private async Task Keep(IReadOnlyList<MqttFilter> filters)
    {
        foreach (var filter in filters)
            await client.Subscribe(new MqttSubscription(filter, MqttQos.AtLeastOnce), ending.Token).ConfigureAwait(false);
        await client.Run(ending.Token).ConfigureAwait(false);
    }

    private void Take(in MqttDelivery delivery) =>
        heard(Encoding.UTF8.GetString(delivery.Topic), delivery.Payload, delivery.IsRetained ? MessageAge.Kept : MessageAge.News, time.GetUtcNow());
}
