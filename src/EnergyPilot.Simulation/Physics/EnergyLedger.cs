namespace EnergyPilot.Simulation.Physics;

/// <summary>
/// Where the energy of the school came from and went, in kWh since the start. Every flow is computed once, added to the
/// masses it joins and to one line here, so the lines balance the stored heat up to rounding:
/// fuel + network + electric + ambient + solar + internal - envelope - air - flue - pipes - jacket = stored.
/// </summary>
public sealed class EnergyLedger
{
    internal const double JoulesPerKWh = 3.6e6;

    internal double FuelJ;
    internal double NetworkJ;
    internal double ElectricJ;
    internal double AmbientJ;
    internal double SolarJ;
    internal double InternalJ;
    internal double EnvelopeJ;
    internal double AirJ;
    internal double FlueJ;
    internal double PipeJ;
    internal double JacketJ;
    internal double PlantHeatJ;
    internal double RoomHeatJ;
    internal double StoredJ;

    /// <summary>Gas on its gross calorific value.</summary>
    public double FuelKWh => FuelJ / JoulesPerKWh;

    /// <summary>Heat of the district heating network.</summary>
    public double NetworkKWh => NetworkJ / JoulesPerKWh;

    /// <summary>Electricity bought as heat: compressor and panels; lights are <see cref="InternalKWh"/>.</summary>
    public double ElectricKWh => ElectricJ / JoulesPerKWh;

    /// <summary>Heat that a heat pump took from the outdoor air.</summary>
    public double AmbientKWh => AmbientJ / JoulesPerKWh;

    public double SolarKWh => SolarJ / JoulesPerKWh;

    /// <summary>People and lights.</summary>
    public double InternalKWh => InternalJ / JoulesPerKWh;

    /// <summary>Lost through windows and opaque parts; negative while the outdoor air is warmer.</summary>
    public double EnvelopeKWh => EnvelopeJ / JoulesPerKWh;

    /// <summary>Lost by infiltration and open windows; negative while the outdoor air is warmer.</summary>
    public double AirKWh => AirJ / JoulesPerKWh;

    /// <summary>Fuel and electricity that did not become hot water, start losses included.</summary>
    public double FlueKWh => FlueJ / JoulesPerKWh;

    public double PipeKWh => PipeJ / JoulesPerKWh;

    public double JacketKWh => JacketJ / JoulesPerKWh;

    /// <summary>From the heat source into the circuits, net. Inside the boundary, so not part of the balance.</summary>
    public double PlantHeatKWh => PlantHeatJ / JoulesPerKWh;

    /// <summary>From the emitters into the rooms, net. Inside the boundary, so not part of the balance.</summary>
    public double RoomHeatKWh => RoomHeatJ / JoulesPerKWh;

    /// <summary>Heat in masses and water above that at the start, computed from the temperatures alone.</summary>
    public double StoredKWh => StoredJ / JoulesPerKWh;

    /// <summary>What the books do not explain; zero up to rounding.</summary>
    public double ImbalanceKWh => FuelKWh + NetworkKWh + ElectricKWh + AmbientKWh + SolarKWh + InternalKWh - EnvelopeKWh - AirKWh - FlueKWh - PipeKWh - JacketKWh - StoredKWh;
}
