using System.Collections.Immutable;
using System.Globalization;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Legal;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Core.Legal;

/// <summary>The demonstration school, without exceptions, and decisions as wished.</summary>
internal static class LedgerWorld
{
    public static readonly Site Site = SchoolFiles.DemoSite with { Exceptions = [] };
    public static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    public static readonly Reason Quiet = Reason.Of(ReasonCode.Empty);

    /// <summary>A decision in which every zone is so warm, is given this heat, and shall be so warm for this reason.</summary>
    public static Decision Decision(Site site, DateTimeOffset at, Func<Zone, Said> says) => new(
        at, [.. site.Zones.Select(z => Target(z, at, says(z)))], [.. site.Zones.Select(z => Demand(z, at, says(z)))], [], [], [], [], Memory.Empty);

    /// <summary>The cycles from one instant to another as a day: each tells of the minute before it.</summary>
    public static LedgerDay Fold(Site site, DateOnly day, DateTimeOffset from, DateTimeOffset until, Func<Zone, DateTimeOffset, Said> says)
    {
        var filled = LedgerDay.Empty(day);
        for (var at = from + Minute; at <= until; at += Minute) filled = Ledger.Add(filled, Decision(site, at, z => says(z, at)), site, Minute);
        return filled;
    }

    public static LedgerDay WholeDay(Site site, string day, Func<Zone, DateTimeOffset, Said> says) =>
        Fold(site, Day(day), Paris($"{day} 00:00"), Paris($"{Day(day).AddDays(1):yyyy-MM-dd} 00:00"), says);

    public static ZoneDay Of(this LedgerDay day, string zone) => day.Zones.Single(z => z.Zone.Name == zone);

    public static DateOnly Day(string day) => DateOnly.Parse(day, CultureInfo.InvariantCulture);

    public static DateTimeOffset Paris(string local) => Site.Instant(DateTime.Parse(local, CultureInfo.InvariantCulture));

    private static ZoneTarget Target(Zone zone, DateTimeOffset at, Said said) =>
        new(zone.Id, new Celsius(said.Setpoint), Mode.Reduced, said.Priority, at.AddHours(1), said.Reason);

    private static ZoneDemand Demand(Zone zone, DateTimeOffset at, Said said) => new(
        zone.Id, double.IsNaN(said.Room) ? Reading.Unreliable(Reliability.CommunicationFailure, at) : Reading.Good(said.Room, at),
        Share.Of(said.Heat), WarmUp.Holding, Reason.Of(said.Demand));
}

/// <summary>What one cycle finds and decides in a zone.</summary>
internal sealed record Said(double Room, double Heat)
{
    public double Setpoint { get; init; } = 8;
    public Reason Reason { get; init; } = LedgerWorld.Quiet;
    public Priority Priority { get; init; } = Priority.Schedule;
    public ReasonCode Demand { get; init; } = ReasonCode.HoldingTarget;
}
