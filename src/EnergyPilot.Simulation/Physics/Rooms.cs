namespace EnergyPilot.Simulation.Physics;

/// <summary>
/// The thermal masses of all zones: air with furniture, fast mass, deep mass. Explicit steps; each flow is computed once
/// from the temperatures at the step's start and booked into both ends.
/// </summary>
internal sealed class Rooms
{
    // For the stability bound: more than any window or gale of the model brings.
    private const double MostAirChangesPerHour = 15.0;

    private readonly double[] airC;
    private readonly double[] fastC;
    private readonly double[] deepC;
    private readonly double[] airHeatW;
    private readonly double[] fastHeatW;
    private readonly double[] airGainW;
    private readonly double[] fastGainW;
    private readonly double[] wallW;
    private readonly double[] ventilationWPerK;
    private readonly Fabric[] fabric;
    private readonly WallParameters[] walls;

    public Rooms(SchoolParameters school)
    {
        var count = school.Zones.Count;
        (airC, fastC, deepC) = (new double[count], new double[count], new double[count]);
        (airHeatW, fastHeatW, airGainW, fastGainW) = (new double[count], new double[count], new double[count], new double[count]);
        (ventilationWPerK, wallW) = (new double[count], new double[count]);
        fabric = [.. school.Zones.Select(Fabric.Of)];
        walls = [.. school.Walls];
        airC.AsSpan().Fill(school.InitialTemperatureC);
        fastC.AsSpan().Fill(school.InitialTemperatureC);
        deepC.AsSpan().Fill(school.InitialTemperatureC);
    }

    public ReadOnlySpan<double> AirC => airC;

    public ReadOnlySpan<double> FastC => fastC;

    public ReadOnlySpan<double> DeepC => deepC;

    public ReadOnlySpan<double> AirGainW => airGainW;

    public ReadOnlySpan<double> FastGainW => fastGainW;

    public ReadOnlySpan<double> VentilationWPerK => ventilationWPerK;

    public double StoredJ(double referenceC)
    {
        var stored = 0.0;
        for (var zone = 0; zone < fabric.Length; zone++)
            stored += fabric[zone].AirJPerK * (airC[zone] - referenceC)
                + fabric[zone].FastJPerK * (fastC[zone] - referenceC)
                + fabric[zone].DeepJPerK * (deepC[zone] - referenceC);
        return stored;
    }

    /// <summary>Fastest relative change of a mass, 1/s.</summary>
    public double FastestRate()
    {
        var neighbours = new double[fabric.Length];
        foreach (var wall in walls)
        {
            neighbours[wall.ZoneA] += wall.UaWPerK;
            neighbours[wall.ZoneB] += wall.UaWPerK;
        }
        var fastest = 0.0;
        for (var zone = 0; zone < fabric.Length; zone++)
            fastest = Math.Max(fastest, fabric[zone].FastestRate(neighbours[zone], MostAirChangesPerHour));
        return fastest;
    }

    /// <summary>Gains of the coming minute, and the air that it exchanges.</summary>
    public void SetMinute(int zone, double airGain, double fastGain, double airChangesPerHour)
    {
        airGainW[zone] = airGain;
        fastGainW[zone] = fastGain;
        ventilationWPerK[zone] = airChangesPerHour * fabric[zone].AirWPerKPerAirChange;
    }

    public void HeatByEmitter(int zone, double emissionW, double radiativeShare)
    {
        airHeatW[zone] = emissionW * (1.0 - radiativeShare);
        fastHeatW[zone] = emissionW * radiativeShare;
    }

    public void Step(double seconds, double outdoorC, EnergyLedger ledger)
    {
        ExchangeThroughWalls();
        var (envelopeW, airLossW, radiatorW) = (0.0, 0.0, 0.0);
        for (var zone = 0; zone < fabric.Length; zone++)
        {
            ref readonly var mass = ref fabric[zone];
            var (air, fast, deep) = (airC[zone], fastC[zone], deepC[zone]);
            var airToFastW = mass.AirToFastWPerK * (air - fast);
            var fastToDeepW = mass.FastToDeepWPerK * (fast - deep);
            var windowW = mass.WindowWPerK * (air - outdoorC);
            var ventilationW = ventilationWPerK[zone] * (air - outdoorC);
            var opaqueW = mass.OpaqueWPerK * (deep - outdoorC);
            airC[zone] = air + (airHeatW[zone] + airGainW[zone] + wallW[zone] - airToFastW - windowW - ventilationW) * seconds / mass.AirJPerK;
            fastC[zone] = fast + (fastHeatW[zone] + fastGainW[zone] + airToFastW - fastToDeepW) * seconds / mass.FastJPerK;
            deepC[zone] = deep + (fastToDeepW - opaqueW) * seconds / mass.DeepJPerK;
            envelopeW += windowW + opaqueW;
            airLossW += ventilationW;
            radiatorW += airHeatW[zone] + fastHeatW[zone];
        }
        ledger.EnvelopeJ += envelopeW * seconds;
        ledger.AirJ += airLossW * seconds;
        ledger.RoomHeatJ += radiatorW * seconds;
    }

    private void ExchangeThroughWalls()
    {
        Array.Clear(wallW);
        foreach (var wall in walls)
        {
            var flowW = wall.UaWPerK * (airC[wall.ZoneA] - airC[wall.ZoneB]);
            wallW[wall.ZoneA] -= flowW;
            wallW[wall.ZoneB] += flowW;
        }
    }
}

/// <summary>Capacities and conductances of one zone, multiplied out.</summary>
internal readonly record struct Fabric
{
    public required double AirJPerK { get; init; }

    public required double FastJPerK { get; init; }

    public required double DeepJPerK { get; init; }

    public required double AirToFastWPerK { get; init; }

    public required double FastToDeepWPerK { get; init; }

    public required double WindowWPerK { get; init; }

    public required double OpaqueWPerK { get; init; }

    public required double AirWPerKPerAirChange { get; init; }

    public static Fabric Of(ZoneParameters zone) => new()
    {
        AirJPerK = zone.FurnitureFactor * zone.VolumeM3 * Air.HeatCapacityJPerM3K,
        FastJPerK = zone.FastCapacityJPerM2K * zone.FloorAreaM2,
        DeepJPerK = zone.DeepCapacityJPerM2K * zone.FloorAreaM2,
        AirToFastWPerK = zone.AirToFastWPerM2K * zone.FloorAreaM2,
        FastToDeepWPerK = zone.FastToDeepWPerM2K * zone.FloorAreaM2,
        WindowWPerK = zone.WindowUWPerM2K * zone.GlassAreaM2,
        OpaqueWPerK = zone.OpaqueUaWPerK,
        AirWPerKPerAirChange = zone.VolumeM3 * Air.HeatCapacityWhPerM3K,
    };

    public double FastestRate(double neighboursWPerK, double airChangesPerHour) => Math.Max(
        (AirToFastWPerK + WindowWPerK + neighboursWPerK + airChangesPerHour * AirWPerKPerAirChange) / AirJPerK,
        Math.Max((AirToFastWPerK + FastToDeepWPerK) / FastJPerK, (FastToDeepWPerK + OpaqueWPerK) / DeepJPerK));
}
