namespace EnergyPilot.Simulation.Physics;

public enum Activity
{
    /// <summary>A class: may be called off unannounced, has a break in its middle, airs in the break and at the end.</summary>
    Lesson,

    /// <summary>Canteen, assembly, after-school care: airs at the end.</summary>
    Gathering,

    /// <summary>Staff at their desks: airs at the end.</summary>
    Work,
}

/// <summary>A weekly use of a zone in local time; pupils and adults are those present on average.</summary>
public sealed record UsePeriod(DayOfWeek Day, TimeOnly From, TimeOnly To, Activity Activity, int Pupils, int Adults);

/// <summary>Days on which nobody comes, both included.</summary>
public sealed record ClosedDays(DateOnly First, DateOnly Last);

/// <summary>Timetables and habits. The habits' defaults are those of the control study.</summary>
public sealed record PupilPlanParameters
{
    /// <summary>One weekly timetable per zone.</summary>
    public required IReadOnlyList<IReadOnlyList<UsePeriod>> Timetables { get; init; }

    public IReadOnlyList<ClosedDays> Closed { get; init; } = [];

    public required TimeZoneInfo TimeZone { get; init; }

    public ulong Seed { get; init; } = 1;

    public double AbsenceProbability { get; init; } = 0.07;

    /// <summary>
    /// At a break or the end of a period. Not stated in the study; chosen so that classrooms reach about its mean of 2240 ppm
    /// of carbon dioxide while occupied (2370 ppm with this value, 2530 ppm with 0.5).
    /// </summary>
    public double AiringProbability { get; init; } = 0.7;

    /// <summary>Of the airings.</summary>
    public double ForgottenProbability { get; init; } = 0.06;

    /// <summary>Per zone and day of use.</summary>
    public double TiltedNightProbability { get; init; } = 0.008;

    /// <summary>Extra air changes per hour of a window that stays tilted all night.</summary>
    public double TiltedPerHour { get; init; } = 1.0;

    /// <summary>Chance per minute that a motion detector notices people who are there.</summary>
    public double DetectionProbability { get; init; } = 0.35;
}
