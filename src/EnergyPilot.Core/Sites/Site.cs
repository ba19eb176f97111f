using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Sites;

/// <summary>
/// A school: what is heated, by what, measured how, when it is used and how warm it shall be. Read from a site file,
/// immutable; what staff change on the page makes a new one.
/// </summary>
public sealed record Site
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required Location Location { get; init; }
    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>School and public holidays that hold for this school.</summary>
    public required HolidayCalendar Calendar { get; init; }

    public required ControlSettings Control { get; init; }
    public required ImmutableArray<Bus> Buses { get; init; }
    public required ImmutableArray<Device> Devices { get; init; }
    public required ImmutableArray<Zone> Zones { get; init; }
    public required ImmutableArray<Circuit> Circuits { get; init; }
    public required Boiler Boiler { get; init; }
    public required ImmutableArray<Meter> Meters { get; init; }

    /// <summary>Outdoor air temperature; the median of the reliable ones is used, of two the colder.</summary>
    public required ImmutableArray<PointId> Outdoor { get; init; }

    /// <summary>What the building is made of; used by the simulation only.</summary>
    public required BuildingFabric Fabric { get; init; }

    /// <summary>Events, lettings and days on which the school is shut, in any order.</summary>
    public ImmutableArray<Occasion> Exceptions { get; init; } = [];

    /// <summary>Names of the programmes that the file keeps although no zone follows them.</summary>
    public ImmutableArray<string> IdleProgrammes { get; init; } = [];

    /// <summary>The files of its floor plans, beside the site file, one per floor; none when nobody drew any.</summary>
    public ImmutableArray<string> Plans { get; init; } = [];

    /// <summary>What is kept of the measurements.</summary>
    public History History { get; init; } = History.Usual;

    /// <summary>What the supervisor of the building may see.</summary>
    public Supervisor Supervisor { get; init; } = Supervisor.None;

    /// <summary>To whom the gateway sends what it measures.</summary>
    public Uplink Uplink { get; init; } = Uplink.None;

    /// <summary>Every point of every device, by its name.</summary>
    public FrozenDictionary<PointId, Point> Points => Worked.Points;

    // What follows from the rest is worked out once. A changed copy of a site takes the field along, but not its contents.
    private WorkedOut? workedOut;

    private WorkedOut Worked => workedOut is { } known && ReferenceEquals(known.Owner, this) ? known : workedOut = new WorkedOut(this);

    /// <summary>This school with uses that staff added, after its own exceptions; the same object for the same additions.</summary>
    public Site With(ImmutableArray<Occasion> added)
    {
        if (added.IsDefaultOrEmpty) return this;
        var worked = Worked;
        if (worked.Extended is { } known && known.Added == added) return known.Site;
        var site = this with { Exceptions = [.. Exceptions, .. added] };
        worked.Extended = new Extension(added, site);
        return site;
    }

    /// <summary>Whether a programme is called so; another one of this name would be written over it.</summary>
    public bool HasProgramme(string name) => Zones.Any(z => z.Programme.Id == name) || IdleProgrammes.Contains(name);

    /// <summary>A point in time as the school's clocks show it.</summary>
    public DateTime Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, TimeZone).DateTime;

    /// <summary>
    /// The instant at which the school's clocks show this. Every time that the spring change skips is the instant of the change, so that
    /// hours never end before they begin; of a time that autumn shows twice it is the second.
    /// </summary>
    public DateTimeOffset Instant(DateTime local)
    {
        // Clocks change on a full minute.
        if (TimeZone.IsInvalidTime(local)) local = local.AddTicks(-(local.Ticks % TimeSpan.TicksPerMinute));
        while (TimeZone.IsInvalidTime(local)) local = local.AddMinutes(1);
        return new DateTimeOffset(local, TimeZone.GetUtcOffset(local));
    }

    /// <summary>What holds for a zone at this instant by its programme, the calendar and the exceptions.</summary>
    public Period PeriodOf(Zone zone, DateTimeOffset at)
    {
        var known = Worked.Periods.GetOrAdd(zone, static _ => new PeriodsSeen());
        return known.At(at) ?? known.Keep(Periods.At(this, zone, at));
    }

    // The control asks for now in every cycle; forecasts and plans ask for the days to come between two of them, and must not push it out.
    // Two who ask at once may take the same place: one period is then worked out again.
    private sealed class PeriodsSeen
    {
        private readonly Period?[] slots = new Period?[8];
        private int next;

        public Period? At(DateTimeOffset at)
        {
            foreach (var period in slots)
                if (period is not null && period.From <= at && at < period.Until) return period;
            return null;
        }

        public Period Keep(Period period) => slots[(uint)next++ % (uint)slots.Length] = period;
    }

    private sealed record Extension(ImmutableArray<Occasion> Added, Site Site);

    private sealed class WorkedOut(Site owner)
    {
        public Site Owner => owner;

        public FrozenDictionary<PointId, Point> Points { get; } = owner.Devices.SelectMany(d => d.Points).ToFrozenDictionary(p => p.Id);

        public Extension? Extended { get; set; }

        public ConcurrentDictionary<Zone, PeriodsSeen> Periods { get; } = new(ReferenceEqualityComparer.Instance);
    }
}

/// <summary>Where the school is: degrees north and east, and the town for people.</summary>
public sealed record Location(string City, double LatitudeDegrees, double LongitudeDegrees);
