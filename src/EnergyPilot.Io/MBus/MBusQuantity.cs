namespace EnergyPilot.Io.MBus;

/// <summary>
/// What a record measures. The names in kebab case (<see cref="MBusQuantityNames"/>) stand in device files and therefore never change.
/// Source: EN 13757-3, value information: primary table and the extension tables FBh and FDh.
/// </summary>
public enum MBusQuantity
{
    /// <summary>A code that the standard reserves, or one that is newer than this table; the number is as sent.</summary>
    Reserved,

    /// <summary>Known to the manufacturer only; the number is as sent.</summary>
    ManufacturerSpecific,

    /// <summary>Named by a text that the meter sends along: <see cref="MBusRecord.Label"/>.</summary>
    Labelled,

    /// <summary>"Any" (VIF 7Eh), used when a master asks for records.</summary>
    Any,

    /// <summary>Wh or J.</summary>
    Energy,

    /// <summary>varh.</summary>
    ReactiveEnergy,

    /// <summary>VAh.</summary>
    ApparentEnergy,

    /// <summary>m³.</summary>
    Volume,

    /// <summary>kg.</summary>
    Mass,

    /// <summary>W.</summary>
    Power,

    /// <summary>Sum of the monthly maxima, W.</summary>
    CumulativeMaximumPower,

    /// <summary>var.</summary>
    ReactivePower,

    /// <summary>VA.</summary>
    ApparentPower,

    /// <summary>m³/h.</summary>
    VolumeFlow,

    /// <summary>kg/h.</summary>
    MassFlow,

    /// <summary>°C.</summary>
    FlowTemperature,

    /// <summary>°C.</summary>
    ReturnTemperature,

    /// <summary>K.</summary>
    TemperatureDifference,

    /// <summary>Outside of the heating circuit: room or outdoor, °C.</summary>
    ExternalTemperature,

    /// <summary>Limit between cold and warm water, °C.</summary>
    TemperatureLimit,

    /// <summary>Pa.</summary>
    Pressure,

    /// <summary>%.</summary>
    RelativeHumidity,

    /// <summary>V.</summary>
    Voltage,

    /// <summary>A.</summary>
    Current,

    /// <summary>Hz.</summary>
    Frequency,

    /// <summary>Angle between two voltages, °.</summary>
    VoltagePhaseAngle,

    /// <summary>Angle between voltage and current, °.</summary>
    CurrentPhaseAngle,

    /// <summary>Units of a heat cost allocator.</summary>
    HeatCostUnits,

    /// <summary>Time with power on, s.</summary>
    OnTime,

    /// <summary>Time in operation, s.</summary>
    OperatingTime,

    /// <summary>Date of the meter or of a stored value.</summary>
    Date,

    /// <summary>Date and time of the meter or of a stored value.</summary>
    DateTime,

    /// <summary>Time over which a value was averaged, s.</summary>
    AveragingDuration,

    /// <summary>Time since a value was measured, s.</summary>
    ActualityDuration,

    /// <summary>Serial number.</summary>
    FabricationNumber,

    /// <summary>Further identification.</summary>
    EnhancedIdentification,

    /// <summary>Primary address.</summary>
    BusAddress,

    /// <summary>Credit, nominal units of the local currency.</summary>
    Credit,

    /// <summary>Debit, nominal units of the local currency.</summary>
    Debit,

    /// <summary>Count of transmissions.</summary>
    AccessNumber,

    /// <summary>Device type.</summary>
    DeviceType,

    /// <summary>Manufacturer.</summary>
    Manufacturer,

    /// <summary>Parameter set.</summary>
    ParameterSet,

    /// <summary>Model or version.</summary>
    Model,

    /// <summary>Version of the hardware.</summary>
    HardwareVersion,

    /// <summary>Version of the metrological firmware.</summary>
    FirmwareVersion,

    /// <summary>Version of other software.</summary>
    SoftwareVersion,

    /// <summary>Place of the customer.</summary>
    CustomerLocation,

    /// <summary>Customer.</summary>
    Customer,

    /// <summary>Access codes and passwords; shown as a quantity, never used.</summary>
    AccessCode,

    /// <summary>Bits, meanings by device.</summary>
    ErrorFlags,

    /// <summary>Bits, meanings by device.</summary>
    ErrorMask,

    /// <summary>A key that no meter should send.</summary>
    SecurityKey,

    /// <summary>Bits.</summary>
    DigitalOutput,

    /// <summary>Bits.</summary>
    DigitalInput,

    /// <summary>Bd.</summary>
    BaudRate,

    /// <summary>Bit times.</summary>
    ResponseDelay,

    /// <summary>Count.</summary>
    Retry,

    /// <summary>Device specific.</summary>
    RemoteControl,

    /// <summary>First storage number of a cycle.</summary>
    FirstStorage,

    /// <summary>Last storage number of a cycle.</summary>
    LastStorage,

    /// <summary>Size of a storage block.</summary>
    StorageBlockSize,

    /// <summary>What tariffs and subunits mean.</summary>
    TariffDescriptor,

    /// <summary>Time between two stored values: s, months or years.</summary>
    StorageInterval,

    /// <summary>Operator specific data.</summary>
    OperatorData,

    /// <summary>Second of a point in time.</summary>
    TimePointSecond,

    /// <summary>Time since the last readout, s.</summary>
    SinceReadout,

    /// <summary>When a tariff began.</summary>
    TariffStart,

    /// <summary>How long a tariff lasts, s.</summary>
    TariffDuration,

    /// <summary>How often a tariff comes: s, months or years.</summary>
    TariffPeriod,

    /// <summary>A number without a unit.</summary>
    Dimensionless,

    /// <summary>A frame of another protocol.</summary>
    DataContainer,

    /// <summary>Time between two transmissions, s.</summary>
    TransmissionPeriod,

    /// <summary>Count of resets.</summary>
    ResetCounter,

    /// <summary>Count of cumulations.</summary>
    CumulationCounter,

    /// <summary>Control signal.</summary>
    ControlSignal,

    /// <summary>1..7, Monday first.</summary>
    DayOfWeek,

    /// <summary>1..53.</summary>
    WeekNumber,

    /// <summary>When the day changes.</summary>
    DayChange,

    /// <summary>State of a parameter's activation.</summary>
    ParameterActivation,

    /// <summary>Information of the supplier.</summary>
    SupplierInformation,

    /// <summary>Time since the last cumulation: s, months or years.</summary>
    SinceCumulation,

    /// <summary>Time on this battery: s, months or years.</summary>
    BatteryTime,

    /// <summary>When the battery was changed.</summary>
    BatteryChange,

    /// <summary>dBm.</summary>
    RadioLevel,

    /// <summary>Rule of daylight saving.</summary>
    DaylightSaving,

    /// <summary>When the meter listens.</summary>
    ListeningWindow,

    /// <summary>What is left of the battery's life, s.</summary>
    BatteryRemaining,

    /// <summary>How often the meter was stopped.</summary>
    StopCounter,
}
