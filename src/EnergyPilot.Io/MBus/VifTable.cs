using static EnergyPilot.Io.MBus.MBusQuantity;
using static EnergyPilot.Io.MBus.MBusUnit;

namespace EnergyPilot.Io.MBus;

/// <summary>
/// The value information tables. Source: EN 13757-3: primary VIFs; extension FBh; extension FDh.
/// Everything but calendar months and years is normalised to one unit per quantity (energy: two, Wh and J).
/// </summary>
internal static class VifTable
{
    // 1 ft³ = 0.028316846592 m³ and 1 US gallon = 0.003785411784 m³ by definition; 1 cal (International Table) = 4.1868 J.
    private const long CubicFoot = 28_316_846_592;
    private const long Gallon = 3_785_411_784;
    private const int Pico = -12;

    public static ReadOnlySpan<VifRow> Primary => PrimaryRows;

    public static ReadOnlySpan<VifRow> ExtensionFB => RowsFB;

    public static ReadOnlySpan<VifRow> ExtensionFD => RowsFD;

    private static readonly VifRow[] PrimaryRows =
    [
        new(0x00, 8, Energy, WattHour) { Power = -3 },
        new(0x08, 8, Energy, Joule),
        new(0x10, 8, Volume, CubicMetre) { Power = -6 },
        new(0x18, 8, Mass, Kilogram) { Power = -3 },
        new(0x20, 4, OnTime, Second) { Step = VifStep.Duration },
        new(0x24, 4, OperatingTime, Second) { Step = VifStep.Duration },
        new(0x28, 8, Power, Watt) { Power = -3 },
        new(0x30, 8, Power, Watt) { Divisor = 3600 },
        new(0x38, 8, VolumeFlow, CubicMetrePerHour) { Power = -6 },
        new(0x40, 8, VolumeFlow, CubicMetrePerHour) { Power = -7, Multiplier = 60 },
        new(0x48, 8, VolumeFlow, CubicMetrePerHour) { Power = -9, Multiplier = 3600 },
        new(0x50, 8, MassFlow, KilogramPerHour) { Power = -3 },
        new(0x58, 4, FlowTemperature, Celsius) { Power = -3 },
        new(0x5C, 4, ReturnTemperature, Celsius) { Power = -3 },
        new(0x60, 4, TemperatureDifference, Kelvin) { Power = -3 },
        new(0x64, 4, ExternalTemperature, Celsius) { Power = -3 },
        new(0x68, 4, Pressure, Pascal) { Power = 2 },
        new(0x6C, 1, Date, None) { Form = VifForm.Time },
        new(0x6D, 1, MBusQuantity.DateTime, None) { Form = VifForm.Time },
        new(0x6E, 1, HeatCostUnits, HeatCostUnit),
        new(0x70, 4, AveragingDuration, Second) { Step = VifStep.Duration },
        new(0x74, 4, ActualityDuration, Second) { Step = VifStep.Duration },
        Identifying(0x78, FabricationNumber),
        Identifying(0x79, EnhancedIdentification),
        Identifying(0x7A, BusAddress),
        new(0x7E, 1, Any, None),
        new(0x7F, 1, ManufacturerSpecific, None),
    ];

    private static readonly VifRow[] RowsFB =
    [
        new(0x00, 2, Energy, WattHour) { Power = 5 },
        new(0x02, 2, ReactiveEnergy, VarHour) { Power = 3 },
        new(0x04, 2, ApparentEnergy, VoltAmpereHour) { Power = 3 },
        new(0x08, 2, Energy, Joule) { Power = 8 },
        new(0x0C, 4, Energy, Joule) { Power = 1, Multiplier = 41_868 },
        new(0x10, 2, Volume, CubicMetre) { Power = 2 },
        new(0x14, 4, ReactivePower, Var),
        new(0x18, 2, Mass, Kilogram) { Power = 5 },
        new(0x1A, 2, RelativeHumidity, Percent) { Power = -1 },
        new(0x20, 1, Volume, CubicMetre) { Power = Pico, Multiplier = CubicFoot },
        new(0x21, 1, Volume, CubicMetre) { Power = Pico - 1, Multiplier = CubicFoot },
        new(0x22, 2, Volume, CubicMetre) { Power = Pico - 1, Multiplier = Gallon },
        new(0x24, 1, VolumeFlow, CubicMetrePerHour) { Power = Pico - 3, Multiplier = 60 * Gallon },
        new(0x25, 1, VolumeFlow, CubicMetrePerHour) { Power = Pico, Multiplier = 60 * Gallon },
        new(0x26, 1, VolumeFlow, CubicMetrePerHour) { Power = Pico, Multiplier = Gallon },
        new(0x28, 2, Power, Watt) { Power = 5 },
        new(0x2A, 1, VoltagePhaseAngle, Degree) { Power = -1 },
        new(0x2B, 1, CurrentPhaseAngle, Degree) { Power = -1 },
        new(0x2C, 4, Frequency, Hertz) { Power = -3 },
        new(0x30, 2, Power, Watt) { Power = 8, Divisor = 3600 },
        new(0x34, 4, ApparentPower, VoltAmpere),
        new(0x58, 4, FlowTemperature, Celsius) { Power = -3, IsFahrenheit = true },
        new(0x5C, 4, ReturnTemperature, Celsius) { Power = -3, IsFahrenheit = true },
        new(0x60, 4, TemperatureDifference, Kelvin) { Power = -3, Multiplier = 5, Divisor = 9 },
        new(0x64, 4, ExternalTemperature, Celsius) { Power = -3, IsFahrenheit = true },
        new(0x70, 4, TemperatureLimit, Celsius) { Power = -3, IsFahrenheit = true },
        new(0x74, 4, TemperatureLimit, Celsius) { Power = -3 },
        new(0x78, 8, CumulativeMaximumPower, Watt) { Power = -3 },
    ];

    private static readonly VifRow[] RowsFD =
    [
        new(0x00, 4, Credit, Currency) { Power = -3 },
        new(0x04, 4, Debit, Currency) { Power = -3 },
        Identifying(0x08, AccessNumber),
        Identifying(0x09, DeviceType),
        Identifying(0x0A, Manufacturer),
        Identifying(0x0B, ParameterSet),
        Identifying(0x0C, Model),
        Identifying(0x0D, HardwareVersion),
        Identifying(0x0E, FirmwareVersion),
        Identifying(0x0F, SoftwareVersion),
        Identifying(0x10, CustomerLocation),
        Identifying(0x11, Customer),
        Identifying(0x12, AccessCode) with { Count = 5 },
        Identifying(0x17, ErrorFlags),
        Identifying(0x18, ErrorMask),
        Identifying(0x19, SecurityKey),
        Identifying(0x1A, DigitalOutput),
        Identifying(0x1B, DigitalInput),
        new(0x1C, 1, BaudRate, Baud) { Form = VifForm.Unsigned },
        new(0x1D, 1, ResponseDelay, BitTime) { Form = VifForm.Unsigned },
        Identifying(0x1E, Retry),
        Identifying(0x1F, RemoteControl),
        Identifying(0x20, FirstStorage),
        Identifying(0x21, LastStorage),
        Identifying(0x22, StorageBlockSize),
        Identifying(0x23, TariffDescriptor),
        new(0x24, 4, StorageInterval, Second) { Step = VifStep.Duration },
        new(0x28, 1, StorageInterval, Month),
        new(0x29, 1, StorageInterval, Year),
        Identifying(0x2A, OperatorData),
        new(0x2B, 1, TimePointSecond, Second) { Form = VifForm.Unsigned },
        new(0x2C, 4, SinceReadout, Second) { Step = VifStep.Duration },
        new(0x30, 1, TariffStart, None) { Form = VifForm.Time },
        new(0x31, 3, TariffDuration, Second) { Step = VifStep.Duration },
        new(0x34, 4, TariffPeriod, Second) { Step = VifStep.Duration },
        new(0x38, 1, TariffPeriod, Month),
        new(0x39, 1, TariffPeriod, Year),
        new(0x3A, 1, Dimensionless, None),
        Identifying(0x3B, DataContainer),
        new(0x3C, 4, TransmissionPeriod, Second) { Step = VifStep.Duration },
        new(0x40, 16, Voltage, Volt) { Power = -9 },
        new(0x50, 16, Current, Ampere) { Power = -12 },
        Identifying(0x60, ResetCounter),
        Identifying(0x61, CumulationCounter),
        Identifying(0x62, ControlSignal),
        Identifying(0x63, MBusQuantity.DayOfWeek),
        Identifying(0x64, WeekNumber),
        new(0x65, 1, DayChange, None) { Form = VifForm.Time },
        Identifying(0x66, ParameterActivation),
        Identifying(0x67, SupplierInformation),
        new(0x68, 4, SinceCumulation, Second) { Step = VifStep.LongDuration },
        new(0x6C, 4, BatteryTime, Second) { Step = VifStep.LongDuration },
        new(0x70, 1, BatteryChange, None) { Form = VifForm.Time },
        new(0x71, 1, RadioLevel, DecibelMilliwatt),
        Identifying(0x72, DaylightSaving),
        Identifying(0x73, ListeningWindow),
        new(0x74, 1, BatteryRemaining, Second) { Multiplier = 86_400 },
        Identifying(0x75, StopCounter),
        Identifying(0x76, DataContainer),
    ];

    /// <summary>The row of a code; a reserved one when the table does not know it.</summary>
    public static VifRow Find(ReadOnlySpan<VifRow> table, int code)
    {
        foreach (var row in table)
        {
            if (row.Holds(code))
                return row;
        }

        return new VifRow((byte)code, 1, Reserved, None);
    }

    private static VifRow Identifying(byte code, MBusQuantity quantity) => new(code, 1, quantity, None) { Form = VifForm.Unsigned };
}
