namespace EnergyPilot.Core.Planning;

/// <summary>What the planner may do.</summary>
public enum PlannerRole
{
    /// <summary>It plans beside the rules and reports.</summary>
    Shadow,

    /// <summary>It commands, through the supervisor.</summary>
    Commanding,

    /// <summary>It commanded within the last week and gave the building back to the rules.</summary>
    HandedBack,
}

/// <summary>Why the planner has its role.</summary>
public enum PlannerRoleReason
{
    /// <summary>Nothing here that rules do not do as well, and nobody asked for it.</summary>
    NotWanted,

    /// <summary>Too few days with accepted models.</summary>
    StillLearning,

    /// <summary>Its predictions miss what is measured.</summary>
    PredictionsMiss,

    /// <summary>Rooms had to be rescued from its plans.</summary>
    RoomsRescued,

    /// <summary>Its models and predictions have proven good.</summary>
    Proven,
}

/// <summary>Whether the planner shall command when it may.</summary>
public enum PlannerWish
{
    /// <summary>Where it can gain: a heat pump, a varying price, a limit on power.</summary>
    WhereItGains,

    /// <summary>Staff switched it on.</summary>
    On,

    /// <summary>Staff switched it off.</summary>
    Off,
}

/// <summary>How the planner did on one day; worst zone of the plant where there are several.</summary>
/// <param name="Day">Local.</param>
/// <param name="IdentificationAccepted">All its models were accepted ones.</param>
/// <param name="Rmse">Of the operative or sensed temperature over 24 h predicted at the day's beginning [K]; not a number when nothing could be scored.</param>
/// <param name="Rescues">How often the supervisor had to heat a room that the planner left cold.</param>
/// <param name="Commanded">Whether it commanded on that day.</param>
public readonly record struct PlannerDay(DateOnly Day, bool IdentificationAccepted, double Rmse, int Rescues, bool Commanded);

/// <summary>The role and why.</summary>
public readonly record struct PlannerStanding(PlannerRole Role, PlannerRoleReason Reason);
