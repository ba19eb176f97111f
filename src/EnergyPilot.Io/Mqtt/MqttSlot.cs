using System.Buffers;
using System.Threading.Tasks.Sources;

namespace EnergyPilot.Io.Mqtt;

/// <summary>
/// A place in the window: one message of QoS 1 as it was encoded, kept until it is acknowledged, and the caller who waits for that.
/// It is free again when both have ended: the caller may give up early, an acknowledgement may come late.
/// All members but <see cref="Answer"/> and <see cref="GiveUp"/> are used under the window's lock.
/// </summary>
internal sealed class MqttSlot(MqttWindow window) : IValueTaskSource<MqttResult>
{
    private readonly MqttWindow window = window;
    private ManualResetValueTaskSourceCore<MqttResult> answer = new() { RunContinuationsAsynchronously = true };
    private byte[] packet = [];
    private int length;
    private bool isAnswered;

    public MqttSlotState State { get; private set; }

    public ushort Identifier { get; private set; }

    /// <summary>The order in which messages were published.</summary>
    public long Sequence { get; private set; }

    /// <summary>Whether it was on the wire before, perhaps in an earlier connection.</summary>
    public bool WasSent { get; private set; }

    public bool IsLeft { get; private set; }

    public byte PacketHead => packet[0];

    public int PacketLength => length;

    public ValueTask<MqttResult> Answer => new(this, answer.Version);

    public void Open(ushort identifier, long sequence, in MqttPublish publish, MqttVersion version)
    {
        length = MqttEncoder.LengthOf(publish, version);
        packet = ArrayPool<byte>.Shared.Rent(length);
        MqttEncoder.Write(packet, publish, version);
        answer.Reset();
        (Identifier, Sequence, State) = (identifier, sequence, MqttSlotState.Waiting);
        isAnswered = WasSent = IsLeft = false;
    }

    public void WriteTo(IBufferWriter<byte> to)
    {
        to.Write(packet.AsSpan(0, length));
        (State, WasSent) = (MqttSlotState.Sent, true);
    }

    /// <summary>The session goes on over a new connection: what was sent is sent again (MQTT-4.4.0-1) and says so (MQTT-3.3.1-1).</summary>
    public void SendAgain()
    {
        if (WasSent)
            packet[0] = MqttPublish.Again(packet[0]);
        State = MqttSlotState.Waiting;
    }

    /// <summary>The session is a new one, in which nothing was sent before.</summary>
    public void SendAnew()
    {
        packet[0] &= 0xF7;
        (State, WasSent) = (MqttSlotState.Waiting, false);
    }

    public void Conclude(MqttResult result)
    {
        State = MqttSlotState.Done;
        if (!isAnswered)
            answer.SetResult(result);
        isAnswered = true;
    }

    /// <summary>The caller waits no longer: the callback of a cancellation.</summary>
    public static void GiveUp(object? state, CancellationToken stop)
    {
        if (state is MqttSlot slot)
            slot.window.GiveUp(slot, stop);
    }

    public void Abandon(CancellationToken stop)
    {
        if (!isAnswered)
            answer.SetException(new OperationCanceledException(stop));
        isAnswered = true;
    }

    /// <summary>The caller is gone; a message that was never sent then needs no sending.</summary>
    public void Leave()
    {
        IsLeft = true;
        if (State == MqttSlotState.Waiting && !WasSent)
            State = MqttSlotState.Done;
    }

    public void Free()
    {
        ArrayPool<byte>.Shared.Return(packet);
        (packet, State) = ([], MqttSlotState.Free);
    }

    MqttResult IValueTaskSource<MqttResult>.GetResult(short token) => answer.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<MqttResult>.GetStatus(short token) => answer.GetStatus(token);

    void IValueTaskSource<MqttResult>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        answer.OnCompleted(continuation, state, token, flags);
}

/// <summary>The life of a slot.</summary>
internal enum MqttSlotState
{
    Free,
    Waiting,
    Sent,
    Done,
}
