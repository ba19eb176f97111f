namespace EnergyPilot.Core.Learning;

/// <summary>A quarter of an hour made ready for identification: what it may be used for no longer depends on the model.</summary>
/// <param name="Counts">Whether its error of prediction is part of the loss.</param>
/// <param name="Anchors">Whether the open loop starts again from the observer at its end.</param>
internal readonly record struct LearningRow(double Room, ZoneDrive Drive, Follow Follow, bool Counts, bool Anchors)
{
    /// <summary>No more quarters than these are looked at: 21 days.</summary>
    public const int Most = 21 * 96;

    private const int SettlingQuarters = 96;
    private const int AnchorHour = 17;
    private static readonly TimeSpan Quarter = TimeSpan.FromHours(Observer.Hours), LongestPause = TimeSpan.FromHours(1);

    /// <summary>
    /// The rows of the last 21 days. Open loops start at 17:00 local time, so that they contain the night and the warm-up that
    /// follows; after every quarter that is not good; and a day after the first quarter or a jump of the clock: walls that start at the temperature of the air
    /// bias the radiators by several per cent until then.
    /// </summary>
    public static LearningRow[] Of(ReadOnlySpan<Quarter> quarters, TimeZoneInfo zone)
    {
        var last = quarters.Length > Most ? quarters[^Most..] : quarters;
        var rows = new LearningRow[last.Length];
        var settling = SettlingQuarters;
        for (var i = 0; i < last.Length; i++)
        {
            var follow = i == 0 ? Follow.Restart : FollowOf(last[i], last[i].End - last[i - 1].End);
            settling = follow == Follow.Restart ? SettlingQuarters : Math.Max(settling - 1, 0);
            var counts = follow == Follow.Correct && last[i].Worth == QuarterWorth.Good && settling == 0;
            rows[i] = new LearningRow(last[i].Room, last[i].Drive with { Disturbance = 0 }, follow, counts, !counts || IsAnchor(last[i].End, zone));
        }

        return rows;
    }

    private static Follow FollowOf(Quarter quarter, TimeSpan since) => (IsRoom(quarter.Room), IsDrive(quarter.Drive)) switch
    {
        _ when since > LongestPause => Follow.Restart,
        // A clock set back: little time has passed, whatever it says.
        (var room, _) when since != Quarter => room ? Follow.Take : Follow.Hold,
        (false, true) => Follow.Predict,
        (false, false) => Follow.Hold,
        (true, false) => Follow.Take,
        _ => quarter.Worth == QuarterWorth.WindowOpen ? Follow.Mask : Follow.Correct,
    };

    // What no weather, radiator or room can be is a broken sensor; it would also spoil the arithmetic.
    private static bool IsRoom(double room) => room is >= -40 and <= 80;

    private static bool IsDrive(ZoneDrive drive) =>
        drive is { Outdoor: >= -60 and <= 60, Emission: >= 0 and <= 3, SunEast: >= 0 and <= 3, SunSouth: >= 0 and <= 3, SunWest: >= 0 and <= 3, People: >= 0 and <= 3 };

    private static bool IsAnchor(DateTimeOffset end, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(end, zone);
        return local is { Hour: AnchorHour, Minute: < 15 };
    }
}

/// <summary>How the observer of identification takes a quarter.</summary>
internal enum Follow
{
    /// <summary>Predict and share out the error.</summary>
    Correct,

    /// <summary>Predict, then take the sensor for the air: a window was open.</summary>
    Mask,

    /// <summary>Predict only: the sensor is missing.</summary>
    Predict,

    /// <summary>Take the sensor for the air and leave the rest: what acted is unknown.</summary>
    Take,

    /// <summary>Leave everything: nothing is known.</summary>
    Hold,

    /// <summary>All masses at the sensor: the first quarter, or the first after a pause.</summary>
    Restart,
}
