namespace EnergyPilot.Io.Tracing;

/// <summary>Which way bytes went, seen from the gateway.</summary>
public enum FrameDirection
{
    /// <summary>From the gateway to the wire.</summary>
    Sent,

    /// <summary>From the wire to the gateway.</summary>
    Received,
}
