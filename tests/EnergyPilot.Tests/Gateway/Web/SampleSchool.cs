using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Running;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>A primary school of twelve zones on a cold Monday at 06:12, and cycles of it.</summary>
internal static class SampleSchool
{
    public static readonly DateTimeOffset Monday0612 = new(2026, 1, 19, 5, 12, 30, TimeSpan.Zero);
    public static readonly PointId Outdoor = new("outdoor.temperature");

    private static readonly WeekProgramme Lessons = new("lessons", [Day(8.5, 16.5), Day(8.5, 16.5), Day(8.5, 12), Day(8.5, 16.5), Day(8.5, 16.5), new([]), new([])], HolidayUse.Empty);

    public static Site Site { get; } = new()
    {
        Id = "lucie-aubrac",
        Name = "École primaire Jean Jaurès",
        Location = new Location("Roubaix", 50.69, 3.17),
        TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"),
        Calendar = HolidayCalendar.None,
        Control = new ControlSettings(),
        Buses = [],
        Devices = [],
        Zones =
        [
            Zone("cp", "Classe 1 (CP)", ZoneUse.Classroom, 58), Zone("ce1", "Classe 2 (CE1)", ZoneUse.Classroom, 58), Zone("ce2", "Classe 3 (CE2)", ZoneUse.Classroom, 61),
            Zone("cm1", "Classe 4 (CM1)", ZoneUse.Classroom, 60), Zone("cm2", "Classe 5 (CM2)", ZoneUse.Classroom, 60), Zone("ulis", "Classe ULIS", ZoneUse.Classroom, 42),
            Zone("library", "Bibliothèque", ZoneUse.Library, 70), Zone("canteen", "Cantine", ZoneUse.Canteen, 140), Zone("gym", "Salle de motricité", ZoneUse.Gym, 180),
            Zone("staff", "Salle des maîtres", ZoneUse.StaffRoom, 32), Zone("office", "Bureau de la directrice", ZoneUse.Office, 18), Zone("hall", "Couloir et sanitaires", ZoneUse.Corridor, 120),
        ],
        Circuits = [Circuit("north", "Circuit nord (classes)"), Circuit("south", "Circuit sud (cantine, salle)")],
        Boiler = new Boiler
        {
            Name = "Chaudière gaz", NominalPower = 180_000.0.Watts, MinimumPower = 36_000.0.Watts,
            Release = [new("boiler.release")], Setpoint = [new("boiler.setpoint")], Supply = [new("boiler.supply")], Return = [new("boiler.return")],
            Running = [new("boiler.running")], Fault = [new("boiler.fault")], MinimumOn = TimeSpan.FromMinutes(10), MinimumOff = TimeSpan.FromMinutes(10),
        },
        Meters =
        [
            new("gas", "Compteur gaz", Medium.Gas, new("meter-gas.volume"), [], 11.2, 0.085, 227),
            new("power", "Compteur électrique", Medium.Electricity, new("meter-power.energy"), [new("meter-power.power")], 1, 0.21, 52),
            new("water", "Compteur d’eau", Medium.Water, new("meter-water.volume"), [], 0, 0, 0),
        ],
        Outdoor = [Outdoor],
        Fabric = new BuildingFabric(1.1, 0.4),
    };

    /// <summary>All is well, and the rooms warm up for Monday.</summary>
    public static CycleRecord Cycle(DateTimeOffset at) => Cycle(at, 0);

    /// <summary>The same with every room warmer by so much.</summary>
    public static CycleRecord Cycle(DateTimeOffset at, double warmer)
    {
        var until = Site.Instant(Site.Local(at).Date.AddHours(8.5));
        var rooms = Site.Zones.Select((_, i) => Math.Round(17.2 + i % 5 * 0.4 + warmer, 1)).ToArray();
        return new CycleRecord(Site, Snapshot(at, rooms), new Decision(
            at,
            [.. Site.Zones.Select((z, i) => i is 7 or 8
                ? new ZoneTarget(z.Id, 16.0.Celsius, Mode.Reduced, Priority.Schedule, until.AddHours(3), Reason.Of(ReasonCode.Empty, Fact.Of("target", 16.0.Celsius), Fact.Of("until", until.AddHours(3))))
                : new ZoneTarget(z.Id, 19.0.Celsius, Mode.Comfort, Priority.Schedule, until.AddHours(8), Reason.Of(
                    ReasonCode.WarmingUp, Fact.Of("target", 19.0.Celsius), Fact.Of("until", until), Fact.Of("room", rooms[i].Celsius), Fact.Of("outdoor", (-2.1).Celsius), Fact.Of("lead", TimeSpan.FromMinutes(148)))))],
            [.. Site.Zones.Select((z, i) => i is 7 or 8
                ? new ZoneDemand(z.Id, Reading.Good(rooms[i], at), Share.None, WarmUp.Holding, Reason.Of(ReasonCode.WarmEnough, Fact.Of("room", rooms[i].Celsius), Fact.Of("target", 16.0.Celsius)))
                : new ZoneDemand(z.Id, Reading.Good(rooms[i], at), Share.Of(0.9 - i * 0.05), WarmUp.Climbing, Reason.Of(ReasonCode.FarBelowTarget, Fact.Of("room", rooms[i].Celsius), Fact.Of("target", 19.0.Celsius), Fact.Of("heat", Share.Of(0.9 - i * 0.05)))))],
            [
                new CircuitSupply(new("north"), 68.0.Celsius, Share.Of(0.8), Reason.Of(ReasonCode.SupplyBoosted, Fact.Of("supply", 68.0.Celsius), Fact.Count("zones", 9))),
                new CircuitSupply(new("south"), 58.0.Celsius, Share.None, Reason.Of(ReasonCode.CircuitRests)),
            ],
            [],
            [new Command(new("boiler.release"), 1, Priority.Schedule, Reason.Of(ReasonCode.HeatAskedFor, Fact.Count("zones", 10), Fact.Of("supply", 68.0.Celsius))), new Command(new("north.pump"), 1, Priority.Schedule, Reason.Of(ReasonCode.PumpRuns))],
            [],
            Memory.Empty));
    }

    /// <summary>The same morning with a dead sensor, an open window, a locked-out boiler and a wish by hand.</summary>
    public static CycleRecord Troubled(DateTimeOffset at)
    {
        var record = Cycle(at);
        var (snapshot, decision) = (record.Snapshot, record.Decision);
        var readings = snapshot.Readings.ToDictionary();
        readings[new("cm1.window")] = Reading.Good(1, at);
        readings[new("boiler.fault")] = Reading.Good(1, at);
        readings[new("cm2.co2")] = Reading.Good(1720, at);
        var lost = Reading.Unreliable(Reliability.CommunicationFailure, at.AddMinutes(-42));
        readings[new("ce2.temperature")] = lost;
        var wish = new Override(7, new("library"), 20.0.Celsius, "Marie", at.AddHours(-1), at.AddHours(6), "Heure du conte");
        return record with
        {
            Snapshot = snapshot with { Readings = readings, Overrides = [wish] },
            Decision = decision with
            {
                Demands =
                [
                    .. decision.Demands.Select(d => d.Zone.Name switch
                    {
                        "ce2" => d with { Room = lost, Reason = Reason.Of(ReasonCode.BlindFollowsOthers, Fact.Count("zones", 5), Fact.Of("heat", Share.Of(0.7))) },
                        "cm1" => d with { Heat = Share.None, Reason = Reason.Of(ReasonCode.WindowOpen, Fact.Of("since", at.AddMinutes(-6)), Fact.Of("duration", TimeSpan.FromMinutes(30))) },
                        _ => d,
                    }),
                ],
                Targets =
                [
                    .. decision.Targets.Select(t => t.Zone.Name is "library"
                        ? t with { Setpoint = 20.0.Celsius, Priority = Priority.Operator, Reason = Reason.Of(ReasonCode.OverrideByHand, Fact.Of("target", 20.0.Celsius), Fact.Of("by", "Marie"), Fact.Of("until", wish.Until), Fact.Of("note", wish.Note)) }
                        : t),
                ],
                Air = [new ZoneAir(new("cm2"), AirLight.AirNow, 1720, TimeSpan.FromMinutes(6), DateTimeOffset.MaxValue, [Reason.Of(ReasonCode.AirNow, Fact.Count("co2", 1720), Fact.Of("duration", TimeSpan.FromMinutes(6)), Fact.Of("outdoor", (-2.1).Celsius))])],
                Alarms =
                [
                    new Alarm("ce2", Severity.Warning, at.AddMinutes(-42), Reason.Of(ReasonCode.SensorLost, Fact.Of("since", at.AddMinutes(-42)), Fact.Of("room", 17.4.Celsius))),
                    new Alarm("boiler", Severity.Critical, at.AddMinutes(-15), Reason.Of(ReasonCode.BoilerLockedOut, Fact.Of("since", at.AddMinutes(-15)))),
                    new Alarm("", Severity.Notice, at.AddDays(-3), Reason.Of(ReasonCode.CalendarEnds, Fact.Of("until", Site.Instant(new DateTime(2026, 7, 4))))),
                ],
            },
        };
    }

    private static Snapshot Snapshot(DateTimeOffset at, double[] rooms)
    {
        Dictionary<PointId, Reading> readings = [];
        void Say(string point, double value) => readings[new(point)] = Reading.Good(value, at);
        foreach (var (zone, i) in Site.Zones.Select((z, i) => (z, i)))
        {
            Say($"{zone.Id}.temperature", rooms[i]);
            Say($"{zone.Id}.window", 0);
            Say($"{zone.Id}.presence", i == 10 ? 1 : 0);
            if (i < 9) Say($"{zone.Id}.co2", 430 + i * 40);
        }

        Say(Outdoor.Name, -2.1);
        Say("boiler.supply", 66.4);
        Say("boiler.return", 48.9);
        Say("boiler.running", 1);
        Say("boiler.fault", 0);
        Say("north.supply", 65.2);
        Say("north.return", 47.5);
        Say("south.supply", 31.8);
        Say("south.return", 30.2);
        Say("meter-power.power", 6_200);
        return new Snapshot(at, readings, []);
    }

    private static Zone Zone(string id, string name, ZoneUse use, double area) => new()
    {
        Id = new(id),
        Name = name,
        Use = use,
        FloorArea = area.SquareMetres,
        Height = 3.1.Metres,
        Circuit = new("north"),
        Programme = Lessons,
        Setpoints = Setpoints.Legal,
        Points = new ZonePoints([new($"{id}.temperature")], [new($"{id}.presence")], [new($"{id}.co2")], [new($"{id}.window")], [new($"{id}.valve")]),
        Fabric = new ZoneFabric(6_000.0.Watts, [], [], 25),
    };

    private static Circuit Circuit(string id, string name) =>
        new(new(id), name, [new($"{id}.pump")], [], [new($"{id}.supply")], [new($"{id}.return")], HeatingCurve.Radiators);

    private static DayPlan Day(double from, double to) => new([new Interval(TimeSpan.FromHours(from), TimeSpan.FromHours(to), Mode.Comfort)]);
}
