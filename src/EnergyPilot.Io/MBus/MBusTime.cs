using System.Buffers.Binary;

namespace EnergyPilot.Io.MBus;

/// <summary>
/// The date and time types. Source: EN 13757-3, annex A, types F (CP32), G (CP16), I (CP48) and J (CP24).
/// Recurring times ("every day") and the marks for invalid times are no points in time and are refused.
/// </summary>
internal static class MBusTime
{
    private const int FirstYearOf1900 = 81;

    /// <summary>Type G: day, month, year.</summary>
    public static bool TryDate(ReadOnlySpan<byte> sent, out DateTime date) => TryCompose(YearOf(sent), sent, default, out date);

    /// <summary>Type F: minute, hour, then a date; the century stands in bits 5 and 6 of the hour.</summary>
    public static bool TryDateTime(ReadOnlySpan<byte> sent, out DateTime time)
    {
        time = default;
        if ((sent[0] & 0x80) != 0)
            return false;
        var century = sent[1] >> 5 & 3;
        var year = century == 0 ? YearOf(sent[2..]) : YearOf(sent[2..], century);
        return TryCompose(year, sent[2..], new(sent[1] & 0x1F, sent[0] & 0x3F, 0), out time);
    }

    /// <summary>Type I: second, minute, hour and day of the week, then a date and the week.</summary>
    public static bool TryDateTimeSecond(ReadOnlySpan<byte> sent, out DateTime time)
    {
        time = default;
        return (sent[1] & 0x80) == 0 && TryCompose(YearOf(sent[3..]), sent[3..], new(sent[2] & 0x1F, sent[1] & 0x3F, sent[0] & 0x3F), out time);
    }

    /// <summary>Type J: second, minute, hour; in seconds since midnight.</summary>
    public static bool TryTimeOfDay(ReadOnlySpan<byte> sent, out int seconds)
    {
        var (second, minute, hour) = (sent[0] & 0x3F, sent[1] & 0x3F, sent[2] & 0x1F);
        seconds = (hour * 60 + minute) * 60 + second;
        return second < 60 && minute < 60 && hour < 24;
    }

    public static void WriteDate(DateTime date, Span<byte> to)
    {
        var year = date.Year % 100;
        BinaryPrimitives.WriteUInt16LittleEndian(to, (ushort)(date.Day | (year & 7) << 5 | date.Month << 8 | (year & 0x78) << 9));
    }

    public static void WriteDateTime(DateTime time, Span<byte> to)
    {
        to[0] = (byte)time.Minute;
        to[1] = (byte)(time.Hour | (time.Year / 100 - 19) << 5);
        WriteDate(time, to[2..]);
    }

    public static void WriteDateTimeSecond(DateTime time, Span<byte> to)
    {
        to[0] = (byte)time.Second;
        to[1] = (byte)time.Minute;
        // Monday is 1, Sunday 7; 0 would mean unknown.
        to[2] = (byte)(time.Hour | (time.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)time.DayOfWeek) << 5);
        WriteDate(time, to[3..]);
        to[5] = 0;
    }

    private static int YearOf(ReadOnlySpan<byte> date)
    {
        // Two digits: 00..80 are 2000..2080, as the standard recommends for masters.
        var year = TwoDigits(date);
        return year < FirstYearOf1900 ? 2000 + year : 1900 + year;
    }

    private static int YearOf(ReadOnlySpan<byte> date, int century) => 1900 + 100 * century + TwoDigits(date);

    private static int TwoDigits(ReadOnlySpan<byte> date) => date[0] >> 5 | date[1] >> 1 & 0x78;

    private static bool TryCompose(int year, ReadOnlySpan<byte> date, Clock clock, out DateTime time)
    {
        var (day, month) = (date[0] & 0x1F, date[1] & 0x0F);
        time = default;
        if (TwoDigits(date) > 99 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        if (clock.Hour > 23 || clock.Minute > 59 || clock.Second > 59)
            return false;
        time = new DateTime(year, month, day, clock.Hour, clock.Minute, clock.Second, DateTimeKind.Unspecified);
        return true;
    }

    private readonly record struct Clock(int Hour, int Minute, int Second);
}
