namespace EnergyPilot.Io.MBus;

/// <summary>From the bytes of a value to the value of a record.</summary>
internal static class MBusValue
{
    public static MBusRecord Read(int coding, ReadOnlySpan<byte> value, in ValueMeaning meaning, MBusRecord record) => coding switch
    {
        MBusCodings.NoData or MBusCodings.Readout => record,
        MBusCodings.Real32 => meaning.Form == VifForm.Time
            ? Faulty(record, MBusRecordFault.Mismatch)
            : Number(MBusNumber.TryReal(value, out var real), real, meaning, record),
        >= MBusCodings.FirstBcd => meaning.Form == VifForm.Time
            ? Faulty(record, MBusRecordFault.Mismatch)
            : Number(MBusNumber.TryBcd(value, out var digits), digits, meaning, record),
        _ => Binary(value, meaning, record),
    };

    public static MBusRecord ReadVariable(int lvar, ReadOnlySpan<byte> value, in ValueMeaning meaning, MBusRecord record)
    {
        if (meaning.Modifiers.HasFlag(MBusModifiers.Profile))
            return record with { Kind = MBusValueKind.Bytes, Data = value.ToArray() };
        if (lvar < MBusCodings.FirstPositiveBcd)
            return record with { Kind = MBusValueKind.Text, Text = MBusRecordReader.Reversed(value) };
        if (lvar < MBusCodings.FirstBinary)
        {
            var good = MBusNumber.TryBcd(value, out var digits) && value.Length > 0;
            return Number(good, lvar < MBusCodings.FirstNegativeBcd ? digits : -digits, meaning, record);
        }

        return value.Length is > 0 and <= 8 ? Binary(value, meaning, record) : record with { Kind = MBusValueKind.Bytes, Data = value.ToArray() };
    }

    private static MBusRecord Binary(ReadOnlySpan<byte> value, in ValueMeaning meaning, MBusRecord record)
    {
        switch (meaning.Form)
        {
            case VifForm.Time:
                return Time(value, record);
            case VifForm.Unsigned:
                return Number(good: true, MBusNumber.Unsigned(value), meaning, record);
            default:
                return Number(MBusNumber.TrySigned(value, out var number), number, meaning, record);
        }
    }

    private static MBusRecord Number(bool good, double sent, in ValueMeaning meaning, MBusRecord record) => good
        ? record with { Kind = MBusValueKind.Number, Number = meaning.Scale.Apply(sent) }
        : Faulty(record, MBusRecordFault.Invalid);

    private static MBusRecord Time(ReadOnlySpan<byte> value, MBusRecord record)
    {
        var time = default(DateTime);
        switch (value.Length)
        {
            case 2 when MBusTime.TryDate(value, out time):
                return record with { Kind = MBusValueKind.Date, Time = time };
            case 4 when MBusTime.TryDateTime(value, out time):
            case 6 when MBusTime.TryDateTimeSecond(value, out time):
                return record with { Kind = MBusValueKind.DateTime, Time = time };
            case 3 when MBusTime.TryTimeOfDay(value, out var seconds):
                return record with { Kind = MBusValueKind.TimeOfDay, Number = seconds };
            default:
                return Faulty(record, value.Length is 2 or 3 or 4 or 6 ? MBusRecordFault.Invalid : MBusRecordFault.Mismatch);
        }
    }

    // What the meter itself says about the record comes first.
    private static MBusRecord Faulty(MBusRecord record, MBusRecordFault fault) =>
        record with { Fault = record.Fault == MBusRecordFault.None ? fault : record.Fault };
}
