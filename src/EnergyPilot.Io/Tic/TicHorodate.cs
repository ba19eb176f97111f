using System.Buffers.Text;

namespace EnergyPilot.Io.Tic;

/// <summary>
/// The time of a value ("horodate"): SAAMMJJhhmmss, a season letter and the legal time of metropolitan France.
/// E (été) is UTC+2, H (hiver) is UTC+1, in lower case when the clock is degraded; a space says nothing.
/// Source: Enedis-NOI-CPT_54E, the format of the horodate.
/// </summary>
/// <param name="At">The instant, in UTC.</param>
/// <param name="Clock">How far the meter trusts it.</param>
public readonly record struct TicHorodate(DateTimeOffset At, TicClock Clock)
{
    /// <summary>Characters of a horodate.</summary>
    public const int Length = 13;

    private const int Century = 2000;

    /// <summary>Reads thirteen characters; false when they are no time.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out TicHorodate horodate)
    {
        horodate = default;
        if (text.Length != Length || !TryLocal(text[1..], out var local))
            return false;
        switch (text[0])
        {
            case (byte)'E' or (byte)'e':
                horodate = new(Instant(local, ParisTime.Summer), text[0] == 'E' ? TicClock.Good : TicClock.Degraded);
                return true;
            case (byte)'H' or (byte)'h':
                horodate = new(Instant(local, ParisTime.Winter), text[0] == 'H' ? TicClock.Good : TicClock.Degraded);
                return true;
            case (byte)' ':
                horodate = new(Instant(local, ParisTime.OffsetOfLocal(local)), TicClock.Unstated);
                return true;
            default:
                return false;
        }
    }

    /// <summary>The thirteen characters; with an unstated clock the first is a space.</summary>
    public override string ToString()
    {
        var offset = ParisTime.OffsetAt(At);
        var season = offset == ParisTime.Summer ? 'E' : 'H';
        var letter = Clock switch
        {
            TicClock.Good => season,
            TicClock.Degraded => char.ToLowerInvariant(season),
            _ => ' ',
        };
        return letter + At.ToOffset(offset).ToString("yyMMddHHmmss", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static DateTimeOffset Instant(DateTime local, TimeSpan offset) => new DateTimeOffset(local, offset).ToUniversalTime();

    private static bool TryLocal(ReadOnlySpan<byte> digits, out DateTime local)
    {
        local = default;
        Span<int> parts = stackalloc int[6];
        for (var i = 0; i < parts.Length; i++)
            if (!Utf8Parser.TryParse(digits.Slice(2 * i, 2), out parts[i], out var used) || used != 2 || parts[i] < 0)
                return false;
        var (year, month, day) = (Century + parts[0], parts[1], parts[2]);
        if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        if (parts[3] > 23 || parts[4] > 59 || parts[5] > 59)
            return false;
        local = new DateTime(year, month, day, parts[3], parts[4], parts[5], DateTimeKind.Unspecified);
        return true;
    }
}
