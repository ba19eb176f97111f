using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Legal;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Sites;

/// <summary>Reads a site file: a school, its devices, its heating and its rooms.</summary>
public static class SiteFile
{
    /// <summary>The JSON Schema of these files, from the same description that reads them.</summary>
    public static string Schema => JsonSchema.Of(Shape(new SiteReading(NoSources)), "EnergyPilot site");

    /// <summary>
    /// A site, or everything that is wrong with its file and with the device models and calendars that it names. A comfort
    /// setpoint above the legal 19 °C is allowed and warned of.
    /// </summary>
    public static Parsed<Site> Parse(SiteSources sources)
    {
        var findings = new Findings(sources.Site.Name);
        var reading = new SiteReading(sources);
        var site = YamlReader.Read(sources.Site.Text, findings) is { } root
            ? Shape(reading).Read(new Spot(root, "", findings))
            : Shape(new SiteReading(NoSources)).Blank;
        return findings.With(site, reading.MistakesElsewhere);
    }

    private static readonly SiteSources NoSources = new(
        new DocumentText("", ""), ImmutableDictionary<string, DocumentText>.Empty, ImmutableDictionary<string, DocumentText>.Empty);

    private static Shape<Site> Shape(SiteReading reading) => Shapes.Record(fields => Read(reading, fields));

    private static Site Read(SiteReading reading, Fields fields)
    {
        var school = fields.Need("site", Shapes.Record(f => School.Read(reading, f)), "Which school this is");
        var buses = fields.Need("buses", Shapes.Named($"buses", BusFields.Read), "The wires that devices hang on");
        reading.Buses = ById(buses, b => b.Id);
        var history = reading.History = fields.Take("history", HistoryFields.Shape, History.Usual, "What is kept of the measurements, and for how long; every key has a good default");
        var devices = fields.Need("devices", Shapes.Named($"devices", (id, f) => InstallationFields.ReadDevice(id, reading, f)), "The devices as installed");
        reading.Devices = ById(devices, d => d.Id);
        var control = fields.Take("control", ControlFields.Shape, new ControlSettings(), "Tuning of the control; every key has a good default");
        var setpoints = fields.Take("setpoints", SetpointFields.Shape(Setpoints.Legal, control), Setpoints.Legal, "How warm the zones shall be, unless a zone says otherwise");
        reading.SaysAbsence = SetpointFields.SayAbsence(fields);
        var limits = fields.Take("legal", LegalFields.Shape(LegalLimits.Ordinary), LegalLimits.Ordinary, "Up to what the law allows heating, for the ledger; Code de l'énergie R.241-26 and R.241-27 when missing");
        var programmes = fields.Need("programmes", Shapes.Named($"programmes", (id, f) => ProgrammeFields.Read(id, reading, f)), "When zones are in use in an ordinary week");
        reading.Programmes = ById(programmes, p => p.Id);
        var (boiler, circuits) = fields.Need("plant", PlantFields.Shape(reading), "The boiler and the heating circuits");
        reading.Circuits = ById(circuits, c => c.Id.Name);
        var zones = fields.Need("zones", Shapes.Named($"zones", (id, f) => ZoneFields.Read(id, reading, (setpoints, limits), control, f)), "The rooms, or groups of rooms, that are heated as one");
        var exceptions = fields.Take("exceptions", ExceptionFields.Shape(zones, control), [], "Events, lettings and days on which the school is shut; where several meet, the most specific wins");
        var meters = fields.Take("meters", Shapes.Named($"meters", (id, f) => MeterFields.Read(id, reading, f)), [], "The meters of energy and water");
        var outdoor = fields.Take("outdoor", reading.Points(Role.Temperature), [], "Outdoor air temperature; of several the median is used, of two the colder");
        var supervisor = fields.Take("supervisor", SupervisorFields.Shape(reading, zones, control), Supervisor.None, "What the building's supervisor (BMS) may see over Modbus TCP; nobody listens when missing");
        var uplink = fields.Take("uplink", UplinkFields.Shape(school.Id), Uplink.None, "To whom the gateway sends what it measures; nothing leaves the school when missing");
        var building = fields.Need("building", Building, "What the building is made of, for the simulation");

        ReportEmpty(fields);
        HistoryFields.CheckSize(history, devices, fields);
        reading.ReportUnused(zones);
        return new Site
        {
            Id = school.Id, Name = school.Name, Location = school.Location, TimeZone = school.TimeZone, Calendar = school.Calendar,
            Control = control, Buses = buses, Devices = devices, Zones = Walls.Joined(zones, reading.Walls), Circuits = circuits,
            Boiler = boiler, Meters = meters, Outdoor = outdoor, Fabric = building, Supervisor = supervisor, Uplink = uplink, History = history, Exceptions = exceptions, Plans = school.Plans,
            IdleProgrammes = [.. programmes.Select(p => p.Id).Except(zones.Select(z => z.Programme.Id), StringComparer.Ordinal)],
        };
    }

    private static void ReportEmpty(Fields fields)
    {
        foreach (var key in (ReadOnlySpan<string>)["buses", "devices", "zones"])
            if (fields.At(key) is { Node: MapNode { Entries.IsEmpty: true } } spot && fields.Has(key))
                spot.Wrong($"an empty group", $"at least one");
    }

    private static readonly Shape<BuildingFabric> Building = Shapes.Record(fields => new BuildingFabric(
        fields.Need("transmittance", Shapes.Quantity(Quantity.Transmittance, 0.05, 10), "Heat loss of the envelope per floor area, air change not included"),
        fields.Need("air-changes", Shapes.Quantity(Quantity.AirChange, 0, 10), "Air changes with windows shut")));

    /// <summary>Names may be blank when they were written wrongly; that has been reported.</summary>
    private static Dictionary<string, T> ById<T>(ImmutableArray<T> items, Func<T, string> id)
    {
        var named = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var item in items) named.TryAdd(id(item), item);
        return named;
    }
}
