using System.Collections.Immutable;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Evaluation;

/// <summary>Reads a file of config/boptest: how a test case of BOPTEST is a site.</summary>
public static class CaseMapFile
{
    /// <summary>The JSON Schema of these files, from the same description that reads them.</summary>
    public static string Schema => JsonSchema.Of(Shape, "EnergyPilot map of a BOPTEST case");

    /// <summary>A map, or what is wrong with its file.</summary>
    public static Parsed<CaseMap> Parse(DocumentText file)
    {
        var findings = new Findings(file.Name);
        return YamlReader.Read(file.Text, findings) is { } root
            ? findings.With(Shape.Read(new Spot(root, "", findings)))
            : findings.With(Shape.Blank);
    }

    private static readonly Shape<CaseMap> Shape = Shapes.Record(Read);

    // An estimate of what acts on a room from cycle to cycle is not believed over longer steps.
    private static readonly TimeSpan ShortestStep = TimeSpan.FromMinutes(1), LongestStep = TimeSpan.FromMinutes(5);

    private static CaseMap Read(Fields fields)
    {
        var map = new CaseMap
        {
            Case = fields.Need("case", CaseShapes.Name, "The emulator's name for it, as in testcases/NAME/select"),
            Title = fields.Need("title", Shapes.Text, "What people call it"),
            FloorArea = fields.Need("floor-area", Shapes.Area(1, 1e6), "Heated floor area"),
            Step = fields.Need("step", Shapes.Duration(ShortestStep, LongestStep), "Simulated time between two decisions"),
            Location = fields.Need("location", Place, "Where it stands"),
            Clock = fields.Need("clock", Shapes.Duration(TimeSpan.Zero, TimeSpan.FromHours(12)), "How far the emulated clock is ahead of UTC, all year: the zone of its weather file"),
            Weather = fields.Need("weather", Weather, "Points and forecasts of the weather"),
            Plant = fields.Need("plant", CaseShapes.Plant, "The heat source"),
            Circuits = fields.Need("circuits", Shapes.Named($"circuits", CaseShapes.Circuit), "The heating circuits"),
            Zones = fields.Need("zones", Shapes.Named($"zones", CaseShapes.Zone), "The zones"),
        };
        foreach (var key in (ReadOnlySpan<string>)["circuits", "zones"])
            if (fields.At(key) is { Node: MapNode { Entries.IsEmpty: true } } spot && fields.Has(key)) spot.Wrong($"an empty group", $"at least one");
        CheckCircuits(map, fields);
        CheckOverwritten(map, fields);
        return map;
    }

    private static readonly Shape<Location> Place = Shapes.Record(fields => new Location(
        fields.Need("city", Shapes.Text, "The town"),
        fields.Need("latitude", Shapes.Number(-90, 90), "Degrees north"),
        fields.Need("longitude", Shapes.Number(-180, 180), "Degrees east")));

    private static readonly Shape<CaseWeather> Weather = Shapes.Record(fields => new CaseWeather(
        fields.Need("outdoor", CaseShapes.Name, "Outdoor air temperature, measured"),
        fields.Take("sun", CaseShapes.Names, [], "Global irradiance on a horizontal surface, measured"),
        fields.Take("outdoor-forecast", CaseShapes.Forecasts, [], "Outdoor air temperature to come; today's stays when missing"),
        fields.Take("sun-forecast", CaseShapes.Forecasts, [], "Global horizontal irradiance to come; nothing is known of the sun when missing")));

    private static void CheckCircuits(CaseMap map, Fields fields)
    {
        var known = map.Circuits.Select(c => c.Id).ToList();
        foreach (var zone in map.Zones)
            if (zone.Circuit.Length > 0 && !known.Contains(zone.Circuit))
                fields.At("zones").Wrong($"the unknown circuit \"{zone.Circuit}\" of zone \"{zone.Id}\"", $"the name of a circuit", Nearest.To(zone.Circuit, known));
        foreach (var id in known)
            if (!map.Zones.IsEmpty && map.Zones.All(z => z.Circuit != id))
                fields.At("circuits").Wrong($"the circuit \"{id}\", which heats no zone", $"a zone with \"circuit: {id}\"");
    }

    // Two masters of one input would fight.
    private static void CheckOverwritten(CaseMap map, Fields fields)
    {
        var inputs = map.Outputs.Select(o => o.Point)
            .Concat(map.Zones.SelectMany(z => z.Thermostat)).Concat(map.Circuits.SelectMany(c => c.Setpoint)).Concat(map.Plant.Setpoint);
        foreach (var twice in inputs.Where(i => i.Length > 0).CountBy(i => i).Where(i => i.Value > 1))
            fields.Here.Wrong($"the input \"{twice.Key}\" {twice.Value} times", $"each input in one place only");
        if (!fields.IsBlank && map.Overwritten.All(i => i.Length == 0))
            fields.Here.Wrong($"no input that is overwritten", $"at least one valve, thermostat, pump, setpoint or release");
    }
}
