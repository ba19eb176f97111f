namespace EnergyPilot.Io.MBus;

/// <summary>The unit that a record's number is normalised to, without decimal prefixes.</summary>
public enum MBusUnit
{
    /// <summary>A plain number.</summary>
    None,

    /// <summary>Wh.</summary>
    WattHour,

    /// <summary>J.</summary>
    Joule,

    /// <summary>varh.</summary>
    VarHour,

    /// <summary>VAh.</summary>
    VoltAmpereHour,

    /// <summary>W.</summary>
    Watt,

    /// <summary>var.</summary>
    Var,

    /// <summary>VA.</summary>
    VoltAmpere,

    /// <summary>m³.</summary>
    CubicMetre,

    /// <summary>m³/h.</summary>
    CubicMetrePerHour,

    /// <summary>kg.</summary>
    Kilogram,

    /// <summary>kg/h.</summary>
    KilogramPerHour,

    /// <summary>°C.</summary>
    Celsius,

    /// <summary>K, a difference.</summary>
    Kelvin,

    /// <summary>Pa.</summary>
    Pascal,

    /// <summary>%.</summary>
    Percent,

    /// <summary>V.</summary>
    Volt,

    /// <summary>A.</summary>
    Ampere,

    /// <summary>Hz.</summary>
    Hertz,

    /// <summary>Degree of an angle.</summary>
    Degree,

    /// <summary>s.</summary>
    Second,

    /// <summary>Calendar months.</summary>
    Month,

    /// <summary>Calendar years.</summary>
    Year,

    /// <summary>Bits per second.</summary>
    Baud,

    /// <summary>Bit times.</summary>
    BitTime,

    /// <summary>dBm.</summary>
    DecibelMilliwatt,

    /// <summary>Units of a heat cost allocator.</summary>
    HeatCostUnit,

    /// <summary>Units of the local currency.</summary>
    Currency,
}
