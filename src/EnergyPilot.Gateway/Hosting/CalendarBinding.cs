using System.Globalization;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Web;
using EnergyPilot.Gateway.Web.Calendar;

namespace EnergyPilot.Gateway.Hosting;

/// <summary>Binds the pages of the calendar to the store: every change is on the card, with its audit line, before anybody is told.</summary>
internal static class CalendarBinding
{
    public static CalendarDesk Desk(LiveSite live, Store store, TimeProvider time)
    {
        var imports = new CalendarImports(live, store, time);
        return new CalendarDesk
        {
            Add = (use, who) => Add(store, use, who, time.GetUtcNow()),
            Replace = (id, use, who) => Replace(store, id, use, who, time.GetUtcNow()),
            Remove = (id, who) => Remove(store, id, who, time.GetUtcNow()),
            Sources = imports.Sources,
            Import = imports.Import,
            Forget = imports.Forget,
        };
    }

    /// <summary>Takes an added use away; false when there is none with this number.</summary>
    public static bool Remove(Store store, long id, Visitor who, DateTimeOffset now) => Find(store, id) is { } old
        && store.Uses.Remove(id, who.Name, connection => AuditLog.Write(connection, Line(now, who, "event removed", Where(old.Occasion), Told(old.Occasion), "")));

    public static AuditEntry Line(DateTimeOffset now, Visitor who, string what, string subject, string old, string @new) => new(now, who.Name, who.From, what, subject, old, @new);

    private static bool Add(Store store, Occasion use, Visitor who, DateTimeOffset now) =>
        store.Uses.TryAdd(use, who.Name, now, connection => AuditLog.Write(connection, Line(now, who, "event added", Where(use), "", Told(use))));

    private static bool Replace(Store store, long id, Occasion use, Visitor who, DateTimeOffset now) => Find(store, id) is { } old
        && store.Uses.TryReplace(id, use, who.Name, now, connection => AuditLog.Write(connection, Line(now, who, "event changed", Where(use), Told(old.Occasion), Told(use))));

    private static AddedUse? Find(Store store, long id) => store.Uses.Uses.FirstOrDefault(u => u.Id == id);

    private static string Where(Occasion use) => string.Join(' ', use.Zones);

    private static string Told(Occasion use) => string.Create(
        CultureInfo.InvariantCulture,
        $"{use.Kind} {use.First:yyyy-MM-dd} to {use.Last:yyyy-MM-dd} {use.Rhythm} {HoursText.Of(use.Hours)} {use.Setpoint?.Degrees} {use.Note}").TrimEnd();
}
