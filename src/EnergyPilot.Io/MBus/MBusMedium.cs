namespace EnergyPilot.Io.MBus;

/// <summary>What a device measures. Source: EN 13757-3, device types. Values that are not listed here are reserved.</summary>
public enum MBusMedium
{
    /// <summary>Other.</summary>
    Other = 0x00,

    /// <summary>Oil.</summary>
    Oil = 0x01,

    /// <summary>Electricity.</summary>
    Electricity = 0x02,

    /// <summary>Gas.</summary>
    Gas = 0x03,

    /// <summary>Heat, measured in the return pipe ("outlet").</summary>
    Heat = 0x04,

    /// <summary>Steam.</summary>
    Steam = 0x05,

    /// <summary>Warm water, 30 to 90 °C.</summary>
    WarmWater = 0x06,

    /// <summary>Water.</summary>
    Water = 0x07,

    /// <summary>Heat cost allocator.</summary>
    HeatCostAllocator = 0x08,

    /// <summary>Compressed air.</summary>
    CompressedAir = 0x09,

    /// <summary>Cold, measured in the return pipe.</summary>
    Cooling = 0x0A,

    /// <summary>Cold, measured in the flow pipe.</summary>
    CoolingInlet = 0x0B,

    /// <summary>Heat, measured in the flow pipe ("inlet").</summary>
    HeatInlet = 0x0C,

    /// <summary>Heat and cold.</summary>
    HeatCooling = 0x0D,

    /// <summary>Bus or system component.</summary>
    System = 0x0E,

    /// <summary>Unknown to the device itself.</summary>
    Unknown = 0x0F,

    /// <summary>Irrigation water.</summary>
    IrrigationWater = 0x10,

    /// <summary>Water data logger.</summary>
    WaterLogger = 0x11,

    /// <summary>Gas data logger.</summary>
    GasLogger = 0x12,

    /// <summary>Gas converter.</summary>
    GasConverter = 0x13,

    /// <summary>Calorific value.</summary>
    CalorificValue = 0x14,

    /// <summary>Hot water, 90 °C and more.</summary>
    HotWater = 0x15,

    /// <summary>Cold water.</summary>
    ColdWater = 0x16,

    /// <summary>Water from a cold and a warm pipe.</summary>
    DualWater = 0x17,

    /// <summary>Pressure.</summary>
    Pressure = 0x18,

    /// <summary>Analogue to digital converter.</summary>
    Converter = 0x19,

    /// <summary>Smoke detector.</summary>
    SmokeDetector = 0x1A,

    /// <summary>Room sensor, for example temperature or humidity.</summary>
    RoomSensor = 0x1B,

    /// <summary>Gas detector.</summary>
    GasDetector = 0x1C,

    /// <summary>Breaker of electricity.</summary>
    Breaker = 0x20,

    /// <summary>Valve for gas or water.</summary>
    Valve = 0x21,

    /// <summary>Display for customers.</summary>
    CustomerUnit = 0x25,

    /// <summary>Waste water.</summary>
    WasteWater = 0x28,

    /// <summary>Garbage.</summary>
    Garbage = 0x29,

    /// <summary>Any: the wildcard of secondary addresses.</summary>
    Any = 0xFF,
}
