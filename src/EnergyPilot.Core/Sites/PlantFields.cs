using System.Collections.Immutable;
using EnergyPilot.Core.Documents;

namespace EnergyPilot.Core.Sites;

/// <summary>The keys of the boiler and of the heating circuits.</summary>
internal static class PlantFields
{
    public static Shape<(Boiler Boiler, ImmutableArray<Circuit> Circuits)> Shape(SiteReading reading) => Shapes.Record(fields => (
        fields.Need("boiler", Shapes.Record(f => ReadBoiler(reading, f)), "The boiler that feeds the circuits"),
        fields.Need("circuits", Shapes.Named("circuits", (id, f) => ReadCircuit(id, reading, f)), "The circuits, each with its pump")));

    private static Boiler ReadBoiler(SiteReading reading, Fields fields)
    {
        var boiler = new Boiler
        {
            Name = fields.Need("name", Shapes.Text, "What the label says"),
            NominalPower = fields.Need("nominal-power", Shapes.Power(1e3, 5e6), "Largest heating power"),
            MinimumPower = fields.Need("minimum-power", Shapes.Power(0, 5e6), "Smallest heating power of the burner; the nominal one when it only knows on and off"),
            Release = fields.Need("release", reading.Points(Role.Switch), "Allows the burner to run"),
            Setpoint = fields.Take("setpoint", reading.Points(Role.Setpoint), [], "Water temperature that the boiler shall hold"),
            Supply = fields.Take("supply", reading.Points(Role.Temperature), [], "Water temperature behind the boiler"),
            Return = fields.Take("return", reading.Points(Role.Temperature), [], "Water temperature before the boiler"),
            Running = fields.Take("running", reading.Points(Role.State), [], "Burner is running"),
            Fault = fields.Take("fault", reading.Points(Role.State), [], "Boiler is locked out"),
            MinimumOn = fields.Take("minimum-on", Minutes, TimeSpan.FromMinutes(5), "Shortest time the release stays on; 5 min when missing"),
            MinimumOff = fields.Take("minimum-off", Minutes, TimeSpan.FromMinutes(10), "Shortest time the release stays off; 10 min when missing"),
        };
        if (boiler.MinimumPower.Value > boiler.NominalPower.Value)
            fields.At("minimum-power").Unexpected($"at most the nominal power, {boiler.NominalPower}");
        return boiler;
    }

    private static readonly Shape<TimeSpan> Minutes = Shapes.Duration(TimeSpan.Zero, TimeSpan.FromHours(1));

    private static Circuit ReadCircuit(string id, SiteReading reading, Fields fields)
    {
        var circuit = new Circuit(
            new CircuitId(id),
            fields.Take("name", Shapes.Text, id, "What people call it"),
            fields.Take("pump", reading.Points(Role.Switch), [], "Circulation pump"),
            fields.Take("mixing-valve", reading.Points(Role.Actuator), [], "Three-way valve, 100 % takes boiler water"),
            fields.Take("supply", reading.Points(Role.Temperature), [], "Supply temperature of the circuit"),
            fields.Take("return", reading.Points(Role.Temperature), [], "Return temperature of the circuit"),
            fields.Take("curve", Curve, HeatingCurve.Radiators, "How warm the water shall be for which weather"));
        if (fields.Has("mixing-valve") && !fields.Has("supply"))
            fields.At("mixing-valve").Wrong("a mixing valve without a supply temperature", "supply: the temperature that the valve is to hold");
        reading.NoteCircuit(id, fields.Here);
        return circuit;
    }

    private static readonly Shape<HeatingCurve> Curve = Shapes.Record(ReadCurve);

    private static HeatingCurve ReadCurve(Fields fields)
    {
        var usual = HeatingCurve.Radiators;
        var curve = new HeatingCurve(
            fields.Take("design-outdoor", Shapes.Celsius(-30, 5), usual.DesignOutdoor, "Coldest weather that the radiators are made for; -9 °C when missing"),
            fields.Take("design-supply", Shapes.Celsius(25, 90), usual.DesignSupply, "Water temperature in that weather; 70 °C when missing"),
            fields.Take("exponent", Shapes.Number(1, 1.6), usual.Exponent, "Radiator exponent of EN 442: 1.3 for radiators (also when missing), 1.1 for floor heating"),
            fields.Take("slope", Shapes.Number(0.3, 2), usual.Slope, "Correction of the whole curve; 1 when missing"),
            fields.Take("lowest", Shapes.Celsius(15, 60), usual.Lowest, "Never colder while in use; 25 °C when missing"),
            fields.Take("highest", Shapes.Celsius(25, 95), usual.Highest, "Never warmer; 75 °C when missing"),
            fields.Take("boost", Shapes.Kelvin(0, 30), usual.Boost, "What is added while rooms warm up; 10 K when missing"));
        if (curve.Lowest > curve.Highest)
            fields.At("lowest").Wrong($"{curve.Lowest}", $"at most the highest water temperature, {curve.Highest}");
        if (curve.DesignSupply > curve.Highest)
            fields.At("design-supply").Wrong($"{curve.DesignSupply}", $"at most the highest water temperature, {curve.Highest}");
        return curve;
    }
}
