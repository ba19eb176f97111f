using System.Text;

namespace EnergyPilot.Io.MBus;

/// <summary>
/// Reads data records one after the other. Whatever the bytes, it ends within their length; what cannot be becomes a record with a fault.
/// Source: EN 13757-3, data records; DIF, DIFE, VIF, VIFE.
/// </summary>
internal ref struct MBusRecordReader(ReadOnlySpan<byte> data, MBusByteOrder order)
{
    private const int MaxExtensions = 10;
    private const int More = 0x80;
    private const int ManufacturerFollows = 0x0F;
    private const int MoreRecordsFollow = 0x1F;
    private const int Filler = 0x2F;
    private const int GlobalReadout = 0x7F;
    private const int PlainText = 0x7C;
    private const int TableFB = 0x7B;
    private const int TableFD = 0x7D;
    private const int ManufacturerVif = 0x7F;

    private readonly ReadOnlySpan<byte> data = data;
    private int at;

    /// <summary>The telegram ended with DIF 1Fh: the meter has more to say.</summary>
    public bool MoreFollow { get; private set; }

    /// <summary>The next record; false at the end.</summary>
    public bool TryRead(out MBusRecord record)
    {
        record = default;
        while (at < data.Length && data[at] == Filler)
            at++;
        if (at >= data.Length)
            return false;
        var dif = data[at++];
        if ((dif & 0x0F) == 0x0F)
            return TryReadSpecial(dif, out record);

        record = TryReadRecord(dif, out var read) ? read : End(read with { Fault = MBusRecordFault.Malformed, Kind = MBusValueKind.None });
        return true;
    }

    private bool TryReadSpecial(int dif, out MBusRecord record)
    {
        record = new MBusRecord(MBusQuantity.ManufacturerSpecific, MBusUnit.None) { Kind = MBusValueKind.ManufacturerData };
        MoreFollow = dif == MoreRecordsFollow;
        if (dif is not (ManufacturerFollows or MoreRecordsFollow))
        {
            // 7Fh asks a meter for everything and holds no value; 3Fh..6Fh are reserved: their lengths are unknown.
            record = End(default(MBusRecord) with { Fault = dif == GlobalReadout ? MBusRecordFault.None : MBusRecordFault.Malformed });
            return dif != GlobalReadout;
        }

        record = record with { Data = data[at..].ToArray() };
        at = data.Length;
        return record.Data.Length > 0;
    }

    private MBusRecord End(MBusRecord last)
    {
        at = data.Length;
        return last;
    }

    private bool TryReadRecord(int dif, out MBusRecord record)
    {
        record = default;
        if (!TryReadDifes(dif, out var storage, out var tariff, out var subunit) || !TryReadMeaning(out var meaning))
            return false;
        record = new MBusRecord(meaning.Quantity, meaning.Unit)
        {
            Function = (MBusFunction)(dif >> 4 & 3),
            Storage = storage,
            Tariff = tariff,
            Subunit = subunit,
            Modifiers = meaning.Modifiers,
            Fault = meaning.Fault,
            Label = meaning.Label,
        };
        return TryReadValue(dif & 0x0F, meaning, ref record);
    }

    private bool TryReadDifes(int dif, out long storage, out int tariff, out int subunit)
    {
        storage = dif >> 6 & 1;
        (tariff, subunit) = (0, 0);
        for (var n = 0; (dif & More) != 0; n++)
        {
            if (n == MaxExtensions || !TryTake(out dif))
                return false;
            storage |= (dif & 0xFL) << (1 + 4 * n);
            tariff |= (dif >> 4 & 3) << 2 * n;
            subunit |= (dif >> 6 & 1) << n;
        }

        return true;
    }

    private bool TryReadMeaning(out ValueMeaning meaning)
    {
        meaning = default;
        if (!TryTake(out var vif))
            return false;
        var code = vif & 0x7F;
        if (code == PlainText)
            return TryReadLabel(out meaning) && TryReadVifes(vif, ref meaning);

        var table = VifTable.Primary;
        if (vif is (TableFB | More) or (TableFD | More))
        {
            table = code == TableFB ? VifTable.ExtensionFB : VifTable.ExtensionFD;
            if (!TryTake(out vif))
                return false;
            code = vif & 0x7F;
        }

        meaning = ValueMeaning.Of(VifTable.Find(table, code), code);
        return meaning.Quantity is MBusQuantity.Reserved || code == ManufacturerVif
            ? TrySkipVifes(vif, ref meaning)
            : TryReadVifes(vif, ref meaning);
    }

    /// <summary>The text stands right behind the VIF, before its VIFEs, with its length first and its last letter next (as sent by Elvaco and Itron meters).</summary>
    private bool TryReadLabel(out ValueMeaning meaning)
    {
        meaning = new ValueMeaning { Quantity = MBusQuantity.Labelled, Scale = new(0, 1, 1) };
        if (!TryTake(out var length) || length > data.Length - at)
            return false;
        meaning.Label = Reversed(data.Slice(at, length));
        at += length;
        return true;
    }

    private bool TryReadVifes(int vif, ref ValueMeaning meaning)
    {
        for (var n = 0; (vif & More) != 0; n++)
        {
            if (n == MaxExtensions || !TryTake(out vif))
                return false;
            var code = vif & 0x7F;
            if (code == VifeRules.Manufacturer)
            {
                meaning.Modifiers |= MBusModifiers.ManufacturerSpecific;
                return TrySkipVifes(vif, ref meaning);
            }

            if (code != VifeRules.Extension)
                VifeRules.Apply(code, ref meaning);
            else if (++n >= MaxExtensions || (vif & More) == 0 || !TryTake(out vif))
                return false;
            else
                VifeRules.ApplyExtension(vif & 0x7F, ref meaning);
        }

        return true;
    }

    private bool TrySkipVifes(int vif, ref ValueMeaning meaning)
    {
        if ((vif & More) != 0 && meaning.Quantity == MBusQuantity.Reserved)
            meaning.Modifiers |= MBusModifiers.Unknown;
        for (var n = 0; (vif & More) != 0; n++)
        {
            if (n == MaxExtensions || !TryTake(out vif))
                return false;
        }

        return true;
    }

    private bool TryReadValue(int coding, in ValueMeaning meaning, ref MBusRecord record)
    {
        var lvar = 0;
        if (coding == MBusCodings.Variable && !TryTake(out lvar))
            return false;
        var length = coding == MBusCodings.Variable ? MBusCodings.VariableLength(lvar) : MBusCodings.Length(coding);
        if (length < 0 || length > data.Length - at)
            return false;

        Span<byte> value = stackalloc byte[length];
        data.Slice(at, length).CopyTo(value);
        at += length;
        if (order == MBusByteOrder.MostFirst)
            value.Reverse();
        record = coding == MBusCodings.Variable
            ? MBusValue.ReadVariable(lvar, value, meaning, record)
            : MBusValue.Read(coding, value, meaning, record);
        return true;
    }

    private bool TryTake(out int taken)
    {
        taken = at < data.Length ? data[at] : -1;
        return at++ < data.Length;
    }

    internal static string Reversed(ReadOnlySpan<byte> text)
    {
        Span<byte> forward = stackalloc byte[text.Length];
        text.CopyTo(forward);
        forward.Reverse();
        return Encoding.Latin1.GetString(forward);
    }
}
