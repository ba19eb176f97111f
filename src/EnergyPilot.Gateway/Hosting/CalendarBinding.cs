using System.Globalization;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Gateway.Calendars;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Web;
using EnergyPilot.Gateway.Web.Calendar;

namespace EnergyPilot.Gateway.Hosting;

/// <summary>Binds the pages of the calendar to the store: every change is on the card, with its audit line, before anybody is told.</summary>
internal static class CalendarBinding
{
    public static CalendarDesk Desk(Store store, TimeProvider time)
    {
        var calendars = new CalendarBook(store.Settings);
        return new CalendarDesk
        {
            Add = (occasion, who) => Written(store.Uses.TryAdd(occasion, who.Name, time.GetUtcNow()), "event added", "", occasion, who),
            Replace = (id, occasion, who) => Find(store, id) is { } old
                && Written(store.Uses.TryReplace(id, occasion, who.Name, time.GetUtcNow()), "event changed", Told(old.Occasion), occasion, who),
            Remove = (id, who) => Remove(id, who),
            Sources = () => calendars.All(),
            Import = Import,
            Forget = Forget,
        };

        bool Written(bool done, string what, string old, Occasion occasion, Visitor who)
        {
            if (done) store.Audit.Write(Line(who, what, string.Join(' ', occasion.Zones), old, Told(occasion)));
            return done;
        }

        bool Remove(long id, Visitor who)
        {
            if (Find(store, id) is not { } old || !store.Uses.Remove(id, who.Name)) return false;
            store.Audit.Write(Line(who, "event removed", string.Join(' ', old.Occasion.Zones), Told(old.Occasion), ""));
            return true;
        }

        // First the uses: between the two a calendar has been read that is not yet listed, and none is listed that was not read.
        bool Import(CalendarSource source, ImportPlan plan, Visitor who)
        {
            var (known, now) = (calendars.All(), time.GetUtcNow());
            if (known.Length >= CalendarBook.Most && known.All(s => s.Name != source.Name)) return false;
            if (!store.Uses.TryImport(source.Name, plan.Uses, who.Name, now)) return false;
            var kept = source with { Owner = who.Name, ReadAt = now, Added = plan.Uses.Length, LeftOut = plan.LeftOut.Length };
            calendars.TryKeep(kept, who.Name);
            store.Audit.Write(Line(who, "calendar imported", source.Name, "", string.Create(CultureInfo.InvariantCulture, $"{kept.Added} uses, {kept.LeftOut} left out {source.Path}").TrimEnd()));
            return true;
        }

        void Forget(string name, Visitor who)
        {
            store.Uses.TryImport(name, [], who.Name, time.GetUtcNow());
            calendars.Forget(name, who.Name);
            store.Audit.Write(Line(who, "calendar removed", name, "", ""));
        }

        AuditEntry Line(Visitor who, string what, string subject, string old, string now) => new(time.GetUtcNow(), who.Name, who.From, what, subject, old, now);
    }

    private static AddedUse? Find(Store store, long id) => store.Uses.Uses.FirstOrDefault(u => u.Id == id);

    private static string Told(Occasion occasion) => string.Create(
        CultureInfo.InvariantCulture,
        $"{occasion.Kind} {occasion.First:yyyy-MM-dd} to {occasion.Last:yyyy-MM-dd} {occasion.Rhythm} {string.Join(' ', occasion.Hours.Select(h => $"{h.From:hh\\:mm}-{(int)h.To.TotalHours:00}:{h.To.Minutes:00}"))} {occasion.Setpoint?.Degrees} {occasion.Note}").TrimEnd();
}
