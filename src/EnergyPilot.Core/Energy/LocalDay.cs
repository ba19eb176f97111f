using EnergyPilot.Core.Sites;

namespace EnergyPilot.Core.Energy;

/// <summary>A day on the school's clocks and its hours: 23 or 25 of them on the days on which clocks change. The last one is shorter where clocks move by half an hour.</summary>
/// <param name="Day">Its date.</param>
/// <param name="Start">Its midnight.</param>
/// <param name="End">The midnight after it.</param>
public sealed record LocalDay(DateOnly Day, DateTimeOffset Start, DateTimeOffset End)
{
    private static readonly TimeSpan OneHour = TimeSpan.FromHours(1);

    public static LocalDay Of(Site site, DateOnly day) =>
        new(day, site.Instant(day.ToDateTime(TimeOnly.MinValue)).ToUniversalTime(), site.Instant(day.AddDays(1).ToDateTime(TimeOnly.MinValue)).ToUniversalTime());

    /// <summary>How many hours it has.</summary>
    public int Count => (int)Math.Ceiling((End - Start) / OneHour);

    /// <summary>When an hour begins; the one after the last is the end of the day.</summary>
    public DateTimeOffset Hour(int hour) => Start + hour * OneHour is var at && at < End ? at : End;

    /// <summary>The hour of an instant; −1 when it lies in another day.</summary>
    public int HourOf(DateTimeOffset at) => at < Start || at >= End ? -1 : (int)((at - Start) / OneHour);

    /// <summary>What the clocks show when each hour begins, plus 24 where they show it a second time: the same hour of two days has the same number.</summary>
    public byte[] Clock(Site site)
    {
        var clock = new byte[Count];
        for (var i = 0; i < clock.Length; i++)
        {
            clock[i] = (byte)site.Local(Hour(i)).Hour;
            if (i > 0 && clock[i - 1] == clock[i]) clock[i] += 24;
        }

        return clock;
    }
}
