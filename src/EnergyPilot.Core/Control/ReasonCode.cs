namespace EnergyPilot.Core.Control;

/// <summary>Every kind of reason there is. The names are stable: they stand in stored history. Each has a sentence in every language of the page; a test sees to it.</summary>
public enum ReasonCode
{
    // Targets: why this temperature
    InUse,
    Empty,
    LongAbsence,
    Holiday,
    ReducedByProgramme,
    FrostByProgramme,
    WarmingUp,
    OverrideByHand,
    CityWish,
    StoppedEarly,
    NobodyThere,
    NobodyCame,
    UsedOutsideHours,
    Event,
    Closed,

    // Demands: why this much heat
    FarBelowTarget,
    HoldingTarget,
    WarmEnough,
    WindowOpen,
    WindowSuspected,
    RescuedFromCold,
    PlannedAhead,
    BlindFollowsOthers,
    BlindFollowsWeather,
    TooWarm,
    FrostInZone,

    // Valves
    PulseOpen,
    PulseShut,
    ValvePosition,
    ThermostatSet,
    MinimumTime,
    Exercised,

    // Circuits
    SupplyByCurve,
    SupplyBoosted,
    SupplyForFrost,
    SupplyByPlan,
    HeatedDirectly,
    CircuitRests,
    PumpRuns,
    PumpOverrun,
    PumpAgainstFrost,
    MixingToSupply,

    // Boiler
    HeatAskedFor,
    NoHeatAskedFor,
    BoilerMinimumOn,
    BoilerMinimumOff,
    BoilerAgainstFrost,
    SummerRest,
    ReferenceClock,

    // Alarms
    SensorLost,
    SensorImplausible,
    OutdoorLost,
    MeterSilent,
    BoilerLockedOut,
    BoilerNotStarting,
    WindowLeftOpen,
    ZoneCold,
    ZoneFreezing,
    OutputNotFollowing,
    CalendarEnds,
    BatteryLow,
    CannotBeWarmInTime,
    ModelNotUpdated,
    RoomUnlikeItsModel,
    SensorsSwapped,
    NoMotionForLong,
    SupplyCutForLong,
    OutdoorSensorsDiffer,

    // Newer ones stand at the end: earlier ones keep their numbers
    ThermostatOpen,
    ThermostatShut,

    // Air: what people are told, and what follows from it
    AirGood,
    AirSoon,
    AirNow,
    Airing,
    CoolAtNight,
    MouldGuard,

    // Questions to staff
    AddThisUse,

    // The gateway itself: its history and its clock
    HistoryMissing,
    HistoryNotWritten,
    UplinkBehind,
    HistoryDamaged,
    HistorySetAside,
    DetailGivenUp,
    ClockNotSet,
    SiteFileWrong,
    SiteVersionUnreadable,
    SiteVersionFailed,
    OutputTested,
}
