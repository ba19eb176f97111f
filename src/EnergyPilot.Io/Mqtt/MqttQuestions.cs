namespace EnergyPilot.Io.Mqtt;

/// <summary>Subscribing and unsubscribing: one question at a time, each with its own identifier.</summary>
internal sealed class MqttQuestions(TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1);
    private readonly Lock gate = new();
    private TaskCompletionSource<MqttResult>? asked;
    private ushort identifier = MqttWindow.FirstOtherIdentifier;

    /// <summary>Asks and waits for the answer, for at most <paramref name="deadline"/>.</summary>
    public async ValueTask<MqttResult> Ask(Func<ushort, MqttSubscribe> question, MqttLink link, TimeSpan deadline, CancellationToken stop)
    {
        await turn.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            var answer = Open();
            await link.Send(question(identifier), stop).ConfigureAwait(false);
            return await answer.WaitAsync(deadline, time, stop).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return MqttResult.Failed(MqttFault.Timeout);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Takes an answer; one that nobody waits for is dropped.</summary>
    public void Answer(ushort to, MqttResult result)
    {
        lock (gate)
            if (to == identifier)
                asked?.TrySetResult(result);
    }

    /// <summary>The connection is gone, and the question with it.</summary>
    public void Disconnected()
    {
        lock (gate)
            asked?.TrySetResult(MqttResult.Failed(MqttFault.NotConnected));
    }

    public void Dispose() => turn.Dispose();

    private Task<MqttResult> Open()
    {
        lock (gate)
        {
            identifier = identifier == ushort.MaxValue ? (ushort)MqttWindow.FirstOtherIdentifier : (ushort)(identifier + 1);
            asked = new TaskCompletionSource<MqttResult>(TaskCreationOptions.RunContinuationsAsynchronously);
            return asked.Task;
        }
    }
}
