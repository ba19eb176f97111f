using System.Buffers.Binary;

namespace EnergyPilot.Io.MBus;

/// <summary>
/// A meter that exists in bytes only: answers resets, selections, requests and a change of its primary address as EN 13757-2 and -3 ask for.
/// What does not fit one telegram is sent in several. Values that cannot be sent are left out.
/// </summary>
/// <param name="identity">Its secondary address, without wildcards.</param>
/// <param name="primary">Its primary address, 0..250.</param>
public sealed class MBusVirtualMeter(MBusIdentity identity, byte primary)
{
    private const int HeaderLength = 13;
    private const byte MoreRecordsFollow = 0x1F;
    private const int CountBits = 0x30;
    private const int CountValid = 0x10;

    private List<byte[]> telegrams = [];
    private int telegram;
    private int? lastCount;
    private bool selected;
    private byte accessNumber;

    /// <summary>Its secondary address.</summary>
    public MBusIdentity Identity => identity;

    /// <summary>Its primary address; masters can change it.</summary>
    public byte Primary { get; private set; } = primary;

    /// <summary>Status byte of its header.</summary>
    public byte Status { get; set; }

    /// <summary>Hears nothing and says nothing, as with its cable off.</summary>
    public bool IsSilent { get; set; }

    /// <summary>What it says; taken over when a reading begins.</summary>
    public IReadOnlyList<MBusOutput> Outputs { get; set; } = [];

    /// <summary>Hears a frame and writes what it answers; 0 when it is silent.</summary>
    internal int Answer(in MBusFrame frame, Span<byte> to)
    {
        if (IsSilent)
            return 0;
        var isSelection = frame.Address == MBusControl.SelectedAddress && frame.Application is [MBusCi.Select, ..];
        if (isSelection)
            return Select(frame.Application[1..]) ? Acknowledge(to) : 0;
        if (!IsAddressed(frame.Address))
            return 0;
        var answer = (frame.Control & ~CountBits) switch
        {
            MBusControl.Reset => Reset(frame.Address, to),
            MBusControl.SendData & ~CountBits => Take(frame.Application, to),
            MBusControl.Request & ~CountBits => Say(frame.Control, to),
            _ => 0,
        };
        return frame.Address == MBusControl.BroadcastAddress ? 0 : answer;
    }

    private bool IsAddressed(byte address) => address switch
    {
        MBusControl.SelectedAddress => selected,
        MBusControl.TestAddress or MBusControl.BroadcastAddress => true,
        _ => address == Primary,
    };

    private bool Select(ReadOnlySpan<byte> selection)
    {
        selected = selection.Length >= MBusIdentity.Length && MBusTelegram.ReadIdentity(selection, MBusByteOrder.LeastFirst).Selects(identity);
        lastCount = null;
        return selected;
    }

    private int Reset(byte address, Span<byte> to)
    {
        lastCount = null;
        selected &= address != MBusControl.SelectedAddress;
        return Acknowledge(to);
    }

    private int Take(ReadOnlySpan<byte> application, Span<byte> to)
    {
        if (application is [MBusCi.ApplicationReset, ..])
            lastCount = null;
        // DIF 01h, VIF 7Ah: the new bus address.
        if (application is [MBusCi.SendData, 0x01, 0x7A, <= MBusControl.LastPrimary and var address])
            Primary = address;
        return Acknowledge(to);
    }

    private int Say(byte control, Span<byte> to)
    {
        var count = control & CountBits;
        var isRepetition = lastCount == count && (count & CountValid) != 0;
        if (!isRepetition)
        {
            telegram = lastCount is null ? 0 : (telegram + 1) % telegrams.Count;
            if (telegram == 0)
                telegrams = Compose();
        }

        lastCount = count;
        return MBusFrame.WriteLong(MBusControl.Response, Primary, telegrams[telegram], to);
    }

    private List<byte[]> Compose()
    {
        List<byte[]> composed = [];
        Span<byte> room = stackalloc byte[MBusFrame.MaxApplication];
        Span<byte> record = stackalloc byte[MBusFrame.MaxApplication - HeaderLength - 1];
        var used = WriteHeader(room);
        foreach (var output in Outputs)
        {
            if (!MBusRecordWriter.TryWrite(output, record, out var length))
                continue;
            // The last byte is kept for the note that more follows.
            if (used + length >= room.Length)
            {
                room[used++] = MoreRecordsFollow;
                composed.Add(room[..used].ToArray());
                used = WriteHeader(room);
            }

            record[..length].CopyTo(room[used..]);
            used += length;
        }

        composed.Add(room[..used].ToArray());
        return composed;
    }

    private static int Acknowledge(Span<byte> to)
    {
        to[0] = MBusFrame.AcknowledgeByte;
        return 1;
    }

    private int WriteHeader(Span<byte> to)
    {
        to[0] = MBusCi.VariableLong;
        MBusSelection.Write(identity, to[1..]);
        to[9] = accessNumber++;
        to[10] = Status;
        BinaryPrimitives.WriteUInt16LittleEndian(to[11..], 0);
        return HeaderLength;
    }
}
