using System.Collections.Immutable;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;

namespace EnergyPilot.Core.Sites;

/// <summary>What has been read of a site so far, for what refers to it further down.</summary>
internal sealed class SiteReading(SiteSources sources)
{
    private readonly Dictionary<string, DeviceType> types = new(StringComparer.Ordinal);
    private readonly List<Mistake> elsewhere = [];
    private readonly Dictionary<PointId, string> driven = [];
    private readonly Dictionary<(string Bus, string Address), string> addresses = [];
    private readonly Dictionary<string, Spot> programmeSpots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Spot> circuitSpots = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, Bus> Buses { get; set; } = ImmutableDictionary<string, Bus>.Empty;
    public IReadOnlyDictionary<string, Device> Devices { get; set; } = ImmutableDictionary<string, Device>.Empty;
    public IReadOnlyDictionary<string, WeekProgramme> Programmes { get; set; } = ImmutableDictionary<string, WeekProgramme>.Empty;
    public IReadOnlyDictionary<string, Circuit> Circuits { get; set; } = ImmutableDictionary<string, Circuit>.Empty;

    public History History { get; set; } = History.Usual;

    /// <summary>Whether the site says how cold a long absence may be.</summary>
    public bool SaysAbsence { get; set; }
    public List<Wall> Walls { get; } = [];

    /// <summary>What is wrong in device models and calendars.</summary>
    public ReadOnlySpan<Mistake> MistakesElsewhere => elsewhere.ToArray();

    /// <summary>The model of this name; its file is read once.</summary>
    public Shape<DeviceType> DeviceType =>
        Shapes.Reference($"a device model in hardware/devices", sources.DeviceTypes, NoFile).As(TypeOf);

    /// <summary>Calendars by name.</summary>
    public Shape<ImmutableArray<HolidayCalendar>> Calendars =>
        Shapes.OneOrMore(Shapes.Reference($"a calendar in config/calendars", sources.Calendars, NoFile).As(CalendarOf));

    /// <summary>One point, or a list of them, that fits a role.</summary>
    public Shape<ImmutableArray<PointId>> Points(Role role) => Shapes.OneOrMore(Point(role));

    public Shape<PointId> Point(Role role) => new PointShape(role, this);

    /// <summary>Notes that this output is driven from here; tells who drives it already.</summary>
    public bool TryDrive(PointId output, string path, out string already)
    {
        already = driven.GetValueOrDefault(output, path);
        return driven.TryAdd(output, path);
    }

    /// <summary>Notes that a device sits at this address; tells which one sits there already.</summary>
    public bool TryInstall(string device, string bus, string address, out string already)
    {
        already = addresses.GetValueOrDefault((bus, address), device);
        return addresses.TryAdd((bus, address), device);
    }

    public void NoteProgramme(string id, Spot spot) => programmeSpots.TryAdd(id, spot);

    public void NoteCircuit(string id, Spot spot) => circuitSpots.TryAdd(id, spot);

    /// <summary>A circuit without zones is a slip of the pen; a programme may wait for its zone.</summary>
    public void ReportUnused(ImmutableArray<Zone> zones)
    {
        var usedCircuits = zones.Select(z => z.Circuit.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (id, spot) in circuitSpots)
            if (!zones.IsEmpty && !usedCircuits.Contains(id)) spot.Wrong($"a circuit that heats no zone", $"a zone with \"circuit: {id}\"");
        var usedProgrammes = zones.Select(z => z.Programme.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var (id, spot) in programmeSpots)
            if (!usedProgrammes.Contains(id)) spot.Warn($"a programme that no zone follows", $"a zone with \"programme: {id}\"");
    }

    private static readonly DocumentText NoFile = new("", "");

    private DeviceType TypeOf(DocumentText file)
    {
        if (ReferenceEquals(file, NoFile)) return NoType;
        var id = sources.DeviceTypes.First(t => ReferenceEquals(t.Value, file)).Key;
        if (types.TryGetValue(id, out var known)) return known;
        var parsed = DeviceTypeFile.Parse(id, file);
        elsewhere.AddRange(parsed.Mistakes);
        return types[id] = parsed.TryGet(out var type) ? type : NoType;
    }

    /// <summary>Stands in for a model that could not be read, which has been reported.</summary>
    public static readonly DeviceType NoType = new("", "", "", "", Protocol.Modbus, [], []);

    private HolidayCalendar CalendarOf(DocumentText file)
    {
        if (ReferenceEquals(file, NoFile)) return HolidayCalendar.None;
        var parsed = HolidayFile.Parse(file);
        elsewhere.AddRange(parsed.Mistakes);
        return parsed.TryGet(out var calendar) ? calendar : HolidayCalendar.None;
    }
}
