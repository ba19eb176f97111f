namespace EnergyPilot.Io.Modbus;

/// <summary>What happens when nobody has the requested unit identifier.</summary>
public enum UnknownUnit
{
    /// <summary>Nothing, as on a serial line.</summary>
    Silence,

    /// <summary>Exception 11, as a gateway says it.</summary>
    GatewayTargetFailed,
}
