using EnergyPilot.Simulation.Physics;
using Emitter = EnergyPilot.Core.Sites.Emitter;

namespace EnergyPilot.Tests.Simulation.Physics;

/// <summary>Schools, people and operators that no architect would sign.</summary>
internal static class RandomSchool
{
    public static SchoolParameters Parameters(Random chance)
    {
        CircuitParameters[] circuits = [.. Enumerable.Range(0, chance.Next(1, 4)).Select(index => Circuit(chance, index))];
        var zones = Enumerable.Range(0, chance.Next(1, 9)).Select(index => Zone(chance, index, circuits)).ToArray();
        return new SchoolParameters
        {
            Zones = zones,
            Walls = [.. Enumerable.Range(1, zones.Length - 1).Select(zone => new WallParameters(zone - 1, zone, 60.0 * chance.NextDouble()))],
            Circuits = circuits,
            Radiators = new RadiatorParameters { Exponent = 1.1 + 0.3 * chance.NextDouble(), RadiativeShare = chance.NextDouble() },
            Boiler = Source(chance, 20_000.0 + 100_000.0 * chance.NextDouble(), 60_000.0 + 800_000.0 * chance.NextDouble()),
            FloorCapacityJPerM2K = 20_000.0 + 200_000.0 * chance.NextDouble(),
            InitialTemperatureC = 25.0 * chance.NextDouble(),
            Seed = (ulong)chance.Next(),
        };
    }

    public static PupilPlan People(Random chance, int zones) => new(new PupilPlanParameters
    {
        Timetables = [.. Enumerable.Range(0, zones).Select(_ => Timetable(chance))],
        TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"),
        Seed = (ulong)chance.Next(),
    });

    public static void Operate(Random chance, School school)
    {
        for (var zone = 0; zone < school.ZoneCount; zone++)
            (school.ValveCommand[zone], school.ThermostatSetpointC[zone]) = (chance.NextDouble(), 5.0 + 25.0 * chance.NextDouble());
        foreach (var circuit in school.Circuits)
            (circuit.PumpOn, circuit.MixingCommand) = (chance.NextDouble() < 0.7, chance.NextDouble());
        (school.Boiler.Release, school.Boiler.SetpointC) = (chance.NextDouble() < 0.7, 25.0 + 60.0 * chance.NextDouble());
        SchoolFault[] faults =
        [
            SchoolFault.BoilerRefusesToStart, SchoolFault.StuckValve(0), SchoolFault.WindowJammedOpen(school.ZoneCount - 1),
            SchoolFault.SwappedSensors(0, school.ZoneCount - 1), SchoolFault.SensorOffset(0, 3.0), SchoolFault.StuckSensor(school.ZoneCount - 1),
        ];
        foreach (var fault in faults)
            if (chance.NextDouble() < 0.1)
                school.Inject(fault);
            else
                school.Clear(fault);
    }

    private static IHeatSourceParameters Source(Random chance, double nominalW, double waterJPerK) => chance.Next(3) switch
    {
        0 => new BoilerParameters { NominalW = nominalW, WaterCapacityJPerK = waterJPerK },
        1 => new DistrictHeatingParameters { NominalW = nominalW, WaterCapacityJPerK = waterJPerK },
        _ => new HeatPumpParameters { NominalW = nominalW, WaterCapacityJPerK = waterJPerK, CarnotShare = 0.3 + 0.3 * chance.NextDouble() },
    };

    private static ZoneParameters Zone(Random chance, int index, CircuitParameters[] circuits)
    {
        var areaM2 = 10.0 + 300.0 * chance.NextDouble();
        var ordinary = ZoneParameters.Ordinary($"Zone {index}", areaM2, 2.0 + 6.0 * chance.NextDouble(), new GlazedFacade(360.0 * chance.NextDouble(), 0.3 * areaM2 * chance.NextDouble()));
        var circuit = chance.Next(circuits.Length);
        var mostWPerM2 = circuits[circuit].Emitter == Emitter.Floor ? 100.0 : 200.0;
        return ordinary with
        {
            Circuit = circuit,
            RadiatorNominalW = chance.NextDouble() < 0.1 ? 0.0 : mostWPerM2 * areaM2 * chance.NextDouble(),
            Thermostat = chance.Next(2) == 0 ? LocalThermostatParameters.None : new LocalThermostatParameters { BandK = 0.1 + 4.0 * chance.NextDouble(), SensorBiasK = 4.0 * chance.NextDouble() - 2.0 },
            FurnitureFactor = 0.5 + 8.0 * chance.NextDouble(),
        };
    }

    private static CircuitParameters Circuit(Random chance, int index) => new()
    {
        Name = $"Circuit {index}",
        Kind = chance.Next(2) == 0 ? CircuitKind.Direct : CircuitKind.Mixed,
        Emitter = (Emitter)chance.Next(3),
        PipeLossWPerK = 40.0 * chance.NextDouble(),
        PipeCapacityJPerK = 40_000.0 + 300_000.0 * chance.NextDouble(),
    };

    private static List<UsePeriod> Timetable(Random chance) =>
    [
        .. Enum.GetValues<DayOfWeek>().Select(day => new UsePeriod(
            day, new TimeOnly(chance.Next(0, 12), 0), new TimeOnly(chance.Next(12, 24), 0), (Activity)chance.Next(3), chance.Next(40), chance.Next(4))),
    ];
}
