using System.Buffers.Binary;
using System.Text;

namespace EnergyPilot.Io.MBus;

/// <summary>Writes data records, as meters do. What is written reads back as it was. Source: EN 13757-3, data records.</summary>
public static class MBusRecordWriter
{
    private const int More = 0x80;
    private const int LongestText = 0xBF;
    private const int MaxDifes = 10;

    // DIF, DIFEs, VIF, VIFE, LVAR.
    private const int LongestHead = 1 + MaxDifes + 3;

    /// <summary>
    /// Writes one record and says how long it is. False when the value does not fit its coding, the record does not fit <paramref name="to"/>,
    /// or the tables have no code for the quantity at this resolution.
    /// </summary>
    public static bool TryWrite(in MBusOutput output, Span<byte> to, out int length)
    {
        length = 0;
        Span<byte> record = stackalloc byte[LongestHead + LongestText];
        if (!TryWriteDifs(output, record, out var at) || !TryFindCode(output, out var code))
            return false;
        if (code.Extension is { } extension)
            record[at++] = extension;
        record[at++] = code.Vif;
        if (!TryWriteValue(output, code.Form, record, ref at) || !record[..at].TryCopyTo(to))
            return false;
        length = at;
        return true;
    }

    private static bool TryWriteDifs(in MBusOutput output, Span<byte> record, out int length)
    {
        var (storage, tariff, subunit) = (output.Storage >> 1, output.Tariff, output.Subunit);
        record[0] = (byte)((int)output.Coding & 0xF | (int)output.Function << 4 | (int)(output.Storage & 1) << 6);
        length = 1;
        while ((storage != 0 || tariff != 0 || subunit != 0) && length <= MaxDifes)
        {
            record[length - 1] |= More;
            record[length++] = (byte)(storage & 0xF | (uint)(tariff & 3) << 4 | (uint)(subunit & 1) << 6);
            (storage, tariff, subunit) = (storage >> 4, tariff >> 2, subunit >> 1);
        }

        return (storage, tariff, subunit) == (0, 0, 0);
    }

    private readonly record struct Code(byte? Extension, byte Vif, VifForm Form);

    private static bool TryFindCode(in MBusOutput output, out Code code) =>
        TryFind(VifTable.Primary, null, output, out code)
        || TryFind(VifTable.ExtensionFB, 0xFB, output, out code)
        || TryFind(VifTable.ExtensionFD, 0xFD, output, out code);

    private static bool TryFind(ReadOnlySpan<VifRow> table, byte? extension, in MBusOutput output, out Code code)
    {
        foreach (var row in table)
        {
            // Sent are units with powers of ten only: seconds, no minutes; no gallons.
            var step = output.Exponent - row.Power;
            var fits = row.Step == VifStep.Decade ? step >= 0 && step < row.Count : step == 0 && row.Count == 4 && row.Step == VifStep.Duration;
            if (row.Quantity != output.Quantity || row.Unit != output.Unit || !fits || row.Multiplier != 1 || row.Divisor != 1 || row.IsFahrenheit)
                continue;
            code = new Code(extension, (byte)(row.First + step), row.Form);
            return true;
        }

        code = default;
        return false;
    }

    private static bool TryWriteValue(in MBusOutput output, VifForm form, Span<byte> record, ref int at)
    {
        if (output.Coding == MBusCoding.Text)
            return TryWriteText(output.Text, record, ref at);
        var isTime = output.Coding is MBusCoding.Date or MBusCoding.DateTime or MBusCoding.DateTimeSecond;
        if (isTime != (form == VifForm.Time))
            return false;
        var value = record.Slice(at, MBusCodings.Length((int)output.Coding & 0xF));
        at += value.Length;
        return isTime ? TryWriteTime(output, value) : TryWriteNumber(output, form, value);
    }

    private static bool TryWriteText(string text, Span<byte> record, ref int at)
    {
        if (text.Length > LongestText)
            return false;
        record[at++] = (byte)text.Length;
        var letters = record.Slice(at, text.Length);
        Encoding.Latin1.GetBytes(text, letters);
        letters.Reverse();
        at += text.Length;
        return true;
    }

    private static bool TryWriteTime(in MBusOutput output, Span<byte> value)
    {
        // Types G and I have two digits for the year, F has the century too.
        var (first, last) = output.Coding == MBusCoding.DateTime ? (2000, 2299) : (1981, 2080);
        if (output.Time.Year < first || output.Time.Year > last)
            return false;
        switch (output.Coding)
        {
            case MBusCoding.Date:
                MBusTime.WriteDate(output.Time, value);
                break;
            case MBusCoding.DateTime:
                MBusTime.WriteDateTime(output.Time, value);
                break;
            default:
                MBusTime.WriteDateTimeSecond(output.Time, value);
                break;
        }

        return true;
    }

    private static bool TryWriteNumber(in MBusOutput output, VifForm form, Span<byte> value)
    {
        var sent = new ValueScale(-output.Exponent, 1, 1).Apply(output.Number);
        if (output.Coding == MBusCoding.Real)
        {
            BinaryPrimitives.WriteSingleLittleEndian(value, (float)sent);
            return float.IsFinite((float)sent);
        }

        // Beyond 2⁵³ a double no longer holds every whole number.
        var whole = Math.Round(sent);
        if (!(Math.Abs(whole) <= 1L << 53))
            return false;
        if (output.Coding is MBusCoding.Bcd2 or MBusCoding.Bcd4 or MBusCoding.Bcd6 or MBusCoding.Bcd8 or MBusCoding.Bcd12)
            return MBusNumber.TryWriteBcd((long)whole, value);
        return form == VifForm.Unsigned ? MBusNumber.TryWriteUnsigned((long)whole, value) : MBusNumber.TryWriteSigned((long)whole, value);
    }
}
