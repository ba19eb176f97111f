using System.Buffers.Binary;

namespace EnergyPilot.Io.MBus;

/// <summary>
/// What a meter says in one answer, or in several that belong together. Source: EN 13757-3, variable and fixed data structures.
/// </summary>
/// <param name="Header">What stands before the records.</param>
/// <param name="Records">In the order of the meter.</param>
/// <param name="Encryption">If not None there are no records: they cannot be read without the key.</param>
public sealed record MBusTelegram(MBusHeader Header, IReadOnlyList<MBusRecord> Records, MBusEncryption Encryption)
{
    private const int ModeTwo = 0x04;
    private const int LongHeader = 12;
    private const int ShortHeader = 4;

    /// <summary>The meter has more to say in its next answer (DIF 1Fh).</summary>
    public bool MoreFollow { get; init; }

    /// <summary>
    /// Reads an application layer: the CI field and what follows. False when it is none that holds meter data.
    /// Never throws, and allocates in proportion to the length, which must be at most 253 bytes.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> application, out MBusTelegram telegram)
    {
        telegram = new MBusTelegram(default, [], MBusEncryption.None);
        if (application.Length is 0 or > MBusFrame.MaxApplication)
            return false;
        var ci = application[0];
        var rest = application[1..];
        var order = (ci & ModeTwo) == 0 ? MBusByteOrder.LeastFirst : MBusByteOrder.MostFirst;
        switch (ci)
        {
            case MBusCi.VariableLong or MBusCi.VariableLong | ModeTwo when rest.Length >= LongHeader:
                telegram = Variable(ReadLong(rest, order), rest[LongHeader..], order);
                return true;
            case MBusCi.VariableShort when rest.Length >= ShortHeader:
                telegram = Variable(ReadShort(rest, identity: null, MBusByteOrder.LeastFirst), rest[ShortHeader..], MBusByteOrder.LeastFirst);
                return true;
            case MBusCi.VariableBare:
                telegram = Variable(default, rest, MBusByteOrder.LeastFirst);
                return true;
            case MBusCi.Fixed or MBusCi.Fixed | ModeTwo:
                return MBusFixedData.TryParse(rest, order, out telegram);
            default:
                return false;
        }
    }

    private static MBusTelegram Variable(MBusHeader header, ReadOnlySpan<byte> data, MBusByteOrder order)
    {
        var encryption = EncryptionOf(header.Signature, data);
        if (encryption != MBusEncryption.None)
            return new MBusTelegram(header, [], encryption);

        var reader = new MBusRecordReader(data, order);
        var records = new List<MBusRecord>();
        while (reader.TryRead(out var record))
            records.Add(record);
        return new MBusTelegram(header, records, encryption) { MoreFollow = reader.MoreFollow };
    }

    /// <summary>
    /// The mode stands in bits 8 to 12 of the configuration field. Old meters hold other things there ("signature"), so only known modes count.
    /// What starts with two fillers was not encrypted, or is no longer (EN 13757-3, mode 5).
    /// </summary>
    private static MBusEncryption EncryptionOf(ushort signature, ReadOnlySpan<byte> data)
    {
        if (data.Length < 2 || data[0] == 0x2F && data[1] == 0x2F)
            return MBusEncryption.None;
        return (signature >> 8 & 0x1F) switch
        {
            2 or 3 => MBusEncryption.Des,
            4 or 5 or 7 or 8 or 9 or 10 or 13 => MBusEncryption.Aes,
            _ => MBusEncryption.None,
        };
    }

    private static MBusHeader ReadLong(ReadOnlySpan<byte> sent, MBusByteOrder order) =>
        ReadShort(sent[MBusIdentity.Length..], ReadIdentity(sent, order), order);

    internal static MBusIdentity ReadIdentity(ReadOnlySpan<byte> sent, MBusByteOrder order) => order == MBusByteOrder.LeastFirst
        ? new(BinaryPrimitives.ReadUInt32LittleEndian(sent), BinaryPrimitives.ReadUInt16LittleEndian(sent[4..]), sent[6], (MBusMedium)sent[7])
        : new(BinaryPrimitives.ReadUInt32BigEndian(sent), BinaryPrimitives.ReadUInt16BigEndian(sent[4..]), sent[6], (MBusMedium)sent[7]);

    private static MBusHeader ReadShort(ReadOnlySpan<byte> sent, MBusIdentity? identity, MBusByteOrder order) => new(identity, sent[0], sent[1],
        order == MBusByteOrder.LeastFirst ? BinaryPrimitives.ReadUInt16LittleEndian(sent[2..]) : BinaryPrimitives.ReadUInt16BigEndian(sent[2..]));
}
