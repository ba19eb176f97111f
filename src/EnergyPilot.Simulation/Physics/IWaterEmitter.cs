namespace EnergyPilot.Simulation.Physics;

/// <summary>What a water circuit gives its heat to, zone by zone.</summary>
internal interface IWaterEmitter
{
    /// <summary>Temperature drop of the water at nominal power, which sizes the flow.</summary>
    double NominalDropK { get; }

    /// <summary>Flow with the valve as it stands and the pump on.</summary>
    double FlowWPerK(int zone);

    /// <summary>Temperature at which water of this temperature comes back now.</summary>
    double ReturnC(int zone, double inletC);

    /// <summary>Water of <paramref name="inletC"/> flows for one step; the emission is booked into the room.</summary>
    void Step(int zone, double seconds, double flowWPerK, double inletC, Rooms rooms);
}
