using EnergyPilot.Core.Schedules;

namespace EnergyPilot.Core.Legal;

/// <summary>Whether premises are in use, and if not, how long the whole absence is, as R.241-27 tells them apart.</summary>
public enum Occupancy
{
    InUse,

    /// <summary>Less than 24 h: by law not yet an absence.</summary>
    EmptyForHours,
    EmptyForADay,
    EmptyForLong,
}

/// <summary>Reads it from the programme.</summary>
public static class Occupancies
{
    private static readonly TimeSpan ADay = TimeSpan.FromHours(24), Long = TimeSpan.FromHours(48);

    public static Occupancy Of(Period period)
    {
        if (period.Mode == Mode.Comfort) return Occupancy.InUse;
        var absence = period.NextUse - period.LastUse;
        return absence >= Long ? Occupancy.EmptyForLong : absence >= ADay ? Occupancy.EmptyForADay : Occupancy.EmptyForHours;
    }
}
