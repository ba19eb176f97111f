namespace EnergyPilot.Simulation.Physics;

/// <summary>
/// Who is where, and which windows they open. Everything is a function of seed, date and zone, never of the temperatures
/// or of control, so that every controller meets the same winter. Holds one planned day; not thread-safe.
/// </summary>
public sealed class PupilPlan
{
    private readonly PupilPlanParameters parameters;
    private readonly SchoolDay day;
    private DateOnly planned = DateOnly.MinValue;

    public PupilPlan(PupilPlanParameters parameters)
    {
        this.parameters = parameters;
        day = new SchoolDay(parameters);
    }

    public int ZoneCount => parameters.Timetables.Count;

    /// <summary>A building that nobody uses.</summary>
    public static PupilPlan Empty(int zoneCount) => new(new PupilPlanParameters
    {
        Timetables = [.. Enumerable.Repeat<IReadOnlyList<UsePeriod>>([], zoneCount)],
        TimeZone = TimeZoneInfo.Utc,
    });

    /// <summary>The use of all zones in the minute that begins at <paramref name="instant"/>, in zone order; valid until the next call.</summary>
    public ReadOnlySpan<ZoneUse> At(DateTimeOffset instant)
    {
        var local = TimeZoneInfo.ConvertTime(instant, parameters.TimeZone).DateTime;
        var date = DateOnly.FromDateTime(local);
        if (date != planned)
        {
            day.Plan(date);
            planned = date;
        }
        return day.At(local.Hour * 60 + local.Minute);
    }

    /// <summary>Whether a motion detector fires in this minute.</summary>
    internal bool Detects(long minute, int zone, in ZoneUse use) => use.People > 0f
        && Chance.Uniform(new Draw(parameters.Seed, minute, zone, Cause.Presence)) < parameters.DetectionProbability;
}
