using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace EnergyPilot.Io.Mqtt;

/// <summary>
/// The messages of QoS 1 on their way: at most as many as the window has slots, and no more on the wire than the server allows.
/// They outlive connections. A packet identifier says its slot in the low bits and the slot's use in the others, so that an
/// acknowledgement that comes twice is not taken for that of the next message.
/// </summary>
internal sealed class MqttWindow : IDisposable
{
    /// <summary>Identifiers of messages are below, those of subscriptions from here on.</summary>
    public const int FirstOtherIdentifier = 0xFF00;

    private readonly Lock gate = new();
    private readonly MqttSlot[] slots;
    private readonly SemaphoreSlim free;
    private readonly MqttVersion version;
    private readonly int shift;
    private MqttTerms terms;
    private MqttLink? link;
    private long published;
    private int uses;
    private int waiting;
    private int sent;
    private bool isHeldBack;

    public MqttWindow(int size, MqttVersion version)
    {
        slots = new MqttSlot[size];
        for (var i = 0; i < size; i++)
            slots[i] = new MqttSlot(this);
        free = new SemaphoreSlim(size);
        shift = BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)size));
        this.version = version;
    }

    /// <summary>Messages not acknowledged yet.</summary>
    public int Count
    {
        get
        {
            lock (gate)
                return waiting + sent;
        }
    }

    /// <summary>Whether messages wait for being sent.</summary>
    public bool HasWaiting
    {
        get
        {
            lock (gate)
                return waiting > 0;
        }
    }

    /// <summary>Waits for a free slot and puts the message there.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<MqttSlot> Enter(MqttMessage message, CancellationToken stop)
    {
        await free.WaitAsync(stop).ConfigureAwait(false);
        lock (gate)
        {
            var index = Array.FindIndex(slots, slot => slot.State == MqttSlotState.Free);
            uses = uses >= (FirstOtherIdentifier >> shift) - 1 ? 1 : uses + 1;
            var identifier = (ushort)(uses << shift | index);
            slots[index].Open(identifier, published++, Packet(message, identifier), version);
            waiting++;
            return slots[index];
        }
    }

    /// <summary>Copies the oldest waiting message to the wire, if the server takes another one now.</summary>
    public bool TrySendNext(MqttLink over, IBufferWriter<byte> to)
    {
        lock (gate)
        {
            // A sender that still holds the previous connection would bury the message there.
            while (over == link && !isHeldBack && waiting > 0 && sent < terms.ReceiveMaximum)
            {
                var slot = Oldest();
                waiting--;
                var verdict = terms.Judge(slot.PacketHead, slot.PacketLength);
                if (verdict.IsGood)
                {
                    sent++;
                    slot.WriteTo(to);
                    return true;
                }

                slot.Conclude(verdict);
                FreeIfOver(slot);
            }

            return false;
        }
    }

    /// <summary>Whether the server of the latest connection takes such a packet.</summary>
    public MqttResult Judge(byte head, int length)
    {
        lock (gate)
            return terms.Judge(head, length);
    }

    /// <summary>Takes an acknowledgement; false when nothing waits for it. Others may then be sent, see <see cref="HasWaiting"/>.</summary>
    public bool Acknowledge(ushort identifier, MqttReason reason)
    {
        lock (gate)
        {
            var index = identifier & ((1 << shift) - 1);
            if (index >= slots.Length || slots[index] is not { State: MqttSlotState.Sent } slot || slot.Identifier != identifier)
                return false;
            sent--;
            slot.Conclude(MqttResult.Of(reason));
            FreeIfOver(slot);
            return true;
        }
    }

    /// <summary>What waited for this connection's opening may be sent.</summary>
    public void Open(MqttLink over)
    {
        lock (gate)
            isHeldBack = isHeldBack && over != link;
    }

    /// <summary>Before anything is sent over a new connection: what was on the wire waits again.</summary>
    public void Connected(MqttLink over, MqttTerms agreed, bool isHeld)
    {
        lock (gate)
        {
            (link, terms, isHeldBack) = (over, agreed, isHeld);
            foreach (var slot in slots)
                if (slot.State is MqttSlotState.Waiting or MqttSlotState.Sent)
                {
                    // MQTT-3.2.2-5: without the session on their side there is none on ours.
                    if (agreed.IsSessionPresent)
                        slot.SendAgain();
                    else
                        slot.SendAnew();
                }

            waiting += sent;
            sent = 0;
        }
    }

    public void GiveUp(MqttSlot slot, CancellationToken stop)
    {
        lock (gate)
            slot.Abandon(stop);
    }

    public void Leave(MqttSlot slot)
    {
        lock (gate)
        {
            var wasWaiting = slot.State == MqttSlotState.Waiting;
            slot.Leave();
            if (wasWaiting && slot.State == MqttSlotState.Done)
                waiting--;
            FreeIfOver(slot);
        }
    }

    /// <summary>All who wait are told that it will not come.</summary>
    public void Stop()
    {
        lock (gate)
        {
            foreach (var slot in slots)
                if (slot.State is MqttSlotState.Waiting or MqttSlotState.Sent)
                {
                    slot.Conclude(MqttResult.Failed(MqttFault.Stopped));
                    FreeIfOver(slot);
                }

            waiting = sent = 0;
        }
    }

    public void Dispose() => free.Dispose();

    private static MqttPublish Packet(in MqttMessage message, ushort identifier) => new()
    {
        Qos = MqttQos.AtLeastOnce,
        IsRetained = message.Retain,
        Topic = message.Topic.Utf8,
        Identifier = identifier,
        Properties = message.Properties,
        Payload = new ReadOnlySequence<byte>(message.Payload),
    };

    // MQTT-4.6.0-1: in the order of publishing, also the second time.
    private MqttSlot Oldest()
    {
        var oldest = slots[0];
        foreach (var slot in slots)
            if (slot.State == MqttSlotState.Waiting && (oldest.State != MqttSlotState.Waiting || slot.Sequence < oldest.Sequence))
                oldest = slot;
        return oldest;
    }

    private void FreeIfOver(MqttSlot slot)
    {
        if (slot.State != MqttSlotState.Done || !slot.IsLeft)
            return;
        slot.Free();
        free.Release();
    }
}
