using System.Collections.Immutable;
using EnergyPilot.Core.Documents;

namespace EnergyPilot.Core.Sites;

/// <summary>The keys of the heat source and of the heating circuits.</summary>
internal static class PlantFields
{
    public static Shape<(Boiler Boiler, ImmutableArray<Circuit> Circuits)> Shape(SiteReading reading) => Shapes.Record(fields => Read(reading, fields));

    private static (Boiler Boiler, ImmutableArray<Circuit> Circuits) Read(SiteReading reading, Fields fields)
    {
        var boiler = fields.Take("boiler", Shapes.Record(f => ReadBoiler(reading, f)), Boiler.None, "The heat source that feeds the circuits; none when all circuits are electric");
        var circuits = fields.Need("circuits", Shapes.Named($"circuits", (id, f) => ReadCircuit(id, reading, f)), "The circuits, each with its pump");
        if (!fields.Has("boiler") && !fields.IsBlank && circuits.Any(c => c.Emitter != Emitter.Electric))
            fields.Here.Wrong($"no \"boiler\"", $"boiler: a group of keys; only electric circuits need none");
        return (boiler, circuits);
    }

    private static Boiler ReadBoiler(SiteReading reading, Fields fields)
    {
        var kind = fields.Take("kind", Shapes.Choice<HeatSourceKind>(), HeatSourceKind.Boiler, "What makes the heat; boiler when missing");
        var shortest = kind == HeatSourceKind.HeatPump ? TimeSpan.FromMinutes(15) : TimeSpan.FromMinutes(5);
        var boiler = new Boiler
        {
            Kind = kind,
            Name = fields.Need("name", Shapes.Text, "What the label says"),
            NominalPower = fields.Need("nominal-power", Shapes.Power(1e3, 5e6), "Largest heating power; of a heat pump at 7 °C outside"),
            MinimumPower = fields.Need("minimum-power", Shapes.Power(0, 5e6), "Smallest heating power of the burner; the nominal one when it only knows on and off"),
            Release = fields.Take("release", reading.Points(Role.Switch), [], "Allows the burner to run; only district heating that takes a setpoint may do without"),
            Setpoint = fields.Take("setpoint", reading.Points(Role.Setpoint), [], "Water temperature that the boiler shall hold"),
            Supply = fields.Take("supply", reading.Points(Role.Temperature), [], "Water temperature behind the boiler"),
            Return = fields.Take("return", reading.Points(Role.Temperature), [], "Water temperature before the boiler"),
            Running = fields.Take("running", reading.Points(Role.State), [], "Burner is running"),
            Fault = fields.Take("fault", reading.Points(Role.State), [], "Boiler is locked out"),
            Power = fields.Take("power", reading.Points(Role.Power), [], "Momentary heat power of the source"),
            MinimumOn = fields.Take("minimum-on", Minutes, shortest, "Shortest time the release stays on; 5 min when missing, 15 min for a heat pump"),
            MinimumOff = fields.Take("minimum-off", Minutes, TimeSpan.FromMinutes(10), "Shortest time the release stays off; 10 min when missing"),
            ReturnLimit = fields.Take("return-limit", Shapes.Celsius(20, 90), Boiler.None.ReturnLimit, "The return shall not be warmer: a condition of the network, or for condensing; no limit when missing"),
            PowerLimit = fields.Take("power-limit", Shapes.Power(1e3, 5e6), Boiler.None.PowerLimit, "Subscribed power, which the hourly mean shall not exceed; no limit when missing"),
        };
        CheckBoiler(boiler, fields);
        return boiler;
    }

    private static void CheckBoiler(Boiler boiler, Fields fields)
    {
        if (boiler.MinimumPower.Value > boiler.NominalPower.Value)
            fields.At("minimum-power").Unexpected($"at most the nominal power, {boiler.NominalPower}");
        if (boiler.PowerLimit.Value < boiler.MinimumPower.Value)
            fields.At("power-limit").Unexpected($"at least the minimum power, {boiler.MinimumPower}");
        var mayDoWithout = boiler.Kind == HeatSourceKind.DistrictHeating && fields.Has("setpoint");
        if (!fields.Has("release") && !fields.IsBlank && !mayDoWithout)
            fields.Here.Wrong($"no \"release\"", $"release: {Role.Switch.What}, as device.point");
    }

    private static readonly Shape<TimeSpan> Minutes = Shapes.Duration(TimeSpan.Zero, TimeSpan.FromHours(1));

    private static Circuit ReadCircuit(string id, SiteReading reading, Fields fields)
    {
        var emitter = fields.Take("emitter", Shapes.Choice<Emitter>(), Emitter.Radiators, "What gives heat to its rooms; radiators when missing");
        var curve = emitter == Emitter.Floor ? HeatingCurve.Floor : HeatingCurve.Radiators;
        var circuit = new Circuit(
            new CircuitId(id),
            fields.Take("name", Shapes.Text, id, "What people call it"),
            fields.Take("pump", reading.Points(Role.Switch), [], "Circulation pump"),
            fields.Take("mixing-valve", reading.Points(Role.Actuator), [], "Three-way valve, 100 % takes boiler water"),
            fields.Take("supply", reading.Points(Role.Temperature), [], "Supply temperature of the circuit"),
            fields.Take("return", reading.Points(Role.Temperature), [], "Return temperature of the circuit"),
            fields.Take("curve", Curve(curve), curve, "How warm the water shall be for which weather"))
        { Emitter = emitter };
        if (fields.Has("mixing-valve") && !fields.Has("supply") && emitter != Emitter.Electric)
            fields.At("mixing-valve").Wrong($"a mixing valve without a supply temperature", $"supply: the temperature that the valve is to hold");
        if (emitter == Emitter.Electric) RefuseWater(fields);
        reading.NoteCircuit(id, fields.Here);
        return circuit;
    }

    private static void RefuseWater(Fields fields)
    {
        foreach (var key in (ReadOnlySpan<string>)["pump", "mixing-valve", "supply", "return", "curve"])
            if (fields.Has(key)) fields.At(key).Wrong($"\"{key}\" of an electric circuit", $"no water: its panels are switched by the valve outputs of its zones");
    }

    private static Shape<HeatingCurve> Curve(HeatingCurve usual) => Shapes.Record(fields => ReadCurve(usual, fields));

    private static HeatingCurve ReadCurve(HeatingCurve usual, Fields fields)
    {
        var curve = new HeatingCurve(
            fields.Take("design-outdoor", Shapes.Celsius(-30, 5), usual.DesignOutdoor, "Coldest weather that the radiators are made for; -9 °C when missing"),
            fields.Take("design-supply", Shapes.Celsius(25, 90), usual.DesignSupply, "Water temperature in that weather; 70 °C when missing, 40 °C for floor heating"),
            fields.Take("exponent", Shapes.Number(1, 1.6), usual.Exponent, "Radiator exponent of EN 442: 1.3 for radiators, 1.1 for floor heating; what fits the emitter when missing"),
            fields.Take("slope", Shapes.Number(0.3, 2), usual.Slope, "Correction of the whole curve; 1 when missing"),
            fields.Take("lowest", Shapes.Celsius(15, 60), usual.Lowest, "Never colder while in use; 25 °C when missing, 20 °C for floor heating"),
            fields.Take("highest", Shapes.Celsius(25, 95), usual.Highest, "Never warmer; 75 °C when missing, 45 °C for floor heating"),
            fields.Take("boost", Shapes.Kelvin(0, 30), usual.Boost, "What is added while rooms warm up; 20 K when missing, nothing for floor heating"));
        if (curve.Lowest > curve.Highest)
            fields.At("lowest").Wrong($"{curve.Lowest}", $"at most the highest water temperature, {curve.Highest}");
        if (curve.DesignSupply > curve.Highest)
            fields.At("design-supply").Wrong($"{curve.DesignSupply}", $"at most the highest water temperature, {curve.Highest}");
        return curve;
    }
}
