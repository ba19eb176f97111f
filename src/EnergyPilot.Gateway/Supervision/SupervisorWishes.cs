using EnergyPilot.Core.Control;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Supervision;

/// <summary>
/// Setpoints that a supervisor writes become overrides with an end. Supervisors write the same value over and over: that makes the
/// wish last, and is written to the card only when half of its time is over. A person who changes a room by hand wins over a value that is only
/// repeated; a new value of the supervisor wins over the person, for the newer wish holds.
/// </summary>
internal sealed partial class SupervisorWishes(LiveSite live, Store store, TimeProvider time, ILogger log)
{
    public const string Owner = "supervisor";
    private const string Origin = "modbus";

    // Half a step of what supervisors and people set: singles do not hold tenths exactly.
    private const double Same = 0.01;

    private readonly Dictionary<ZoneId, double> asked = [];

    /// <summary>Whether a setpoint is one that anybody may set; not-a-number ends a wish.</summary>
    public bool IsAllowed(double setpoint) =>
        double.IsNaN(setpoint) || (setpoint >= live.Site.Control.LowestSetpoint.Degrees && setpoint <= live.Site.Control.HighestSetpoint.Degrees);

    /// <summary>What was wished for a zone and this cycle does not know yet: it may have begun while the wish was still on its way to the card.</summary>
    public double? Newer(ZoneId zone, CycleRecord cycle)
    {
        if (live.Site.Supervisor.Writes == SupervisorWrites.None) return null;
        foreach (var wish in store.Overrides.Active(time.GetUtcNow()))
            if (wish.Zone == zone && wish.Priority == Priority.Operator && cycle.Snapshot.Overrides.All(o => o.Id != wish.Id)) return wish.Setpoint.Degrees;
        return null;
    }

    /// <summary>Takes an allowed setpoint; false when the store does not.</summary>
    public bool TryWish(ZoneId zone, double setpoint)
    {
        try
        {
            if (double.IsNaN(setpoint)) End(zone);
            else Wish(zone, setpoint);
            return true;
        }
        catch (SqliteException e)
        {
            LogNotTaken(log, zone.Name, e.Message);
            return false;
        }
    }

    private void Wish(ZoneId zone, double setpoint)
    {
        var now = time.GetUtcNow();
        var standing = store.Overrides.Active(now).LastOrDefault(o => o.Zone == zone && o.Priority == Priority.Operator);
        if (standing is not null && IsRepeated(standing, zone, setpoint))
        {
            asked[zone] = setpoint;
            if (standing.Owner != Owner || standing.Until - now > live.Site.Supervisor.Hold / 2) return;
        }

        var isRefreshed = standing is not null && standing.Owner == Owner && Math.Abs(standing.Setpoint.Degrees - setpoint) < Same;
        var until = now + live.Site.Supervisor.Hold;
        store.Overrides.Replace(
            new Override(0, zone, new Celsius(Math.Round(setpoint, 2)), Owner, now, until, ""), isRefreshed ? [] : [Line(now, "override", zone, standing, $"{new Celsius(setpoint)} until {until:u}")]);
        asked[zone] = setpoint;
    }

    // After a restart it is not known what was asked before: a wish of somebody else that stands is taken for newer.
    private bool IsRepeated(Override standing, ZoneId zone, double setpoint) => standing.Owner == Owner
        ? Math.Abs(standing.Setpoint.Degrees - setpoint) < Same
        : !asked.TryGetValue(zone, out var before) || Math.Abs(before - setpoint) < Same;

    private void End(ZoneId zone)
    {
        var now = time.GetUtcNow();
        asked.Remove(zone);
        foreach (var own in store.Overrides.Active(now).Where(o => o.Zone == zone && o.Owner == Owner))
            store.Overrides.Cancel(own.Id, Owner, now, Line(now, "override ended", zone, own, ""));
    }

    private static AuditEntry Line(DateTimeOffset at, string what, ZoneId zone, Override? before, string after) => new(
        at, Owner, Origin, what, zone.Name, before is null ? "" : $"{before.Setpoint} until {before.Until:u}, {before.Owner}", after);

    [LoggerMessage(LogLevel.Error, "A setpoint that the supervisor wrote for zone {Zone} could not be kept: {Why}")]
    private static partial void LogNotTaken(ILogger log, string zone, string why);
}
