using EnergyPilot.Core.Schedules;
using EnergyPilot.Gateway.Calendars;
using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Web;
using EnergyPilot.Tests.Gateway.Storage;
using EnergyPilot.Tests.Gateway.Web;
using Microsoft.Extensions.Logging.Abstractions;
using Role = EnergyPilot.Gateway.Storage.Role;

namespace EnergyPilot.Tests.Gateway.Calendars;

/// <summary>What becomes of a town hall's calendar: rooms found, series kept, nothing twice; and the same on a real store.</summary>
public sealed class ImportPlans
{
    private const string Choir = "UID:choir\r\nSUMMARY:Chorale\r\nLOCATION:Bibliothèque\r\nDTSTART;TZID=Europe/Paris:20261124T180000\r\nDURATION:PT2H\r\nRRULE:FREQ=WEEKLY;COUNT=20";
    private const string Vote = "UID:vote\r\nSUMMARY:Élections, gymnase\r\nDTSTART;TZID=Europe/Paris:20261206T080000\r\nDURATION:PT12H";
    private const string Elsewhere = "UID:fair\r\nSUMMARY:Marché\r\nLOCATION:Place de la mairie\r\nDTSTART;TZID=Europe/Paris:20261206T080000\r\nDURATION:PT12H";
    private const string Bridge = "UID:bridge\r\nSUMMARY:Pont\r\nDTSTART;VALUE=DATE:20270507";
    private const string Past = "UID:old\r\nSUMMARY:Rentrée\r\nLOCATION:Gymnase\r\nDTSTART:20260901T080000Z\r\nDURATION:PT1H";

    private static readonly Visitor Marie = new("Marie", Role.Staff, "10.0.0.7");

    private static ImportPlan Plan(CalendarSource source, params string[] entries) =>
        ImportPlan.Of(CalendarReader.Read(CalendarFiles.File(entries), SampleSchool.Site, CalendarFiles.Now), source, SampleSchool.Site, new DateOnly(2026, 11, 22));

    [Fact]
    public void Rooms_are_found_by_place_and_title_and_weeks_stay_a_series()
    {
        var plan = Plan(new CalendarSource("town.ics", ""), Choir, Vote);
        plan.LeftOut.ShouldBeEmpty();
        plan.Uses.Select(u => (u.Uid, u.Occasion.Rhythm, u.Occasion.Zones[0].Name, HoursText.Of(u.Occasion.Hours))).ShouldBe(
            [("choir", Rhythm.EveryWeek, "library", "18:00-20:00"), ("vote", Rhythm.EveryDay, "gym", "08:00-20:00")], ignoreOrder: true);
    }

    [Fact]
    public void What_is_not_added_is_told_with_its_reason() => Plan(new CalendarSource("town.ics", ""), Elsewhere, Bridge, Past).ShouldSatisfyAllConditions(
        p => p.Uses.ShouldBeEmpty(),
        p => p.LeftOut.ShouldBe([new LeftOut("Marché", WhyLeftOut.NoZone), new LeftOut("Pont", WhyLeftOut.NoHours), new LeftOut("Rentrée", WhyLeftOut.Past)], ignoreOrder: true));

    [Fact]
    public void Whoever_imports_says_what_the_rest_is()
    {
        var plan = Plan(new CalendarSource("town.ics", "") { WholeDays = WholeDays.Closed, Elsewhere = [new("hall")] }, Elsewhere, Bridge);
        plan.Uses.Single(u => u.Uid == "fair").Occasion.Zones.ShouldBe([new("hall")]);
        plan.Uses.Single(u => u.Uid == "bridge").Occasion.Kind.ShouldBe(OccasionKind.Closed);
    }

    [Fact]
    public void Import_again_replaces_and_never_doubles_and_can_be_removed_as_a_whole()
    {
        using var folder = new StoreFolder();
        folder.Time.Advance(CalendarFiles.Now - folder.Time.GetUtcNow());
        using var store = folder.Open();
        var desk = CalendarBinding.Desk(store, folder.Time);
        var source = new CalendarSource("town.ics", "");
        desk.Add(new Occasion(OccasionKind.Event, new(2026, 12, 1), new(2026, 12, 1)) { Note = "own" }, Marie).ShouldBeTrue();
        desk.Import(source, Plan(source, Choir, Vote), Marie).ShouldBeTrue();
        desk.Import(source, Plan(source, Choir, Vote), Marie).ShouldBeTrue();
        store.Uses.Uses.Select(u => u.Uid).ShouldBe(["", "choir", "vote"], ignoreOrder: true);

        // The club has gone, and another calendar brings the same vote.
        desk.Import(source, Plan(source, Vote), Marie).ShouldBeTrue();
        desk.Import(new CalendarSource("other.ics", ""), Plan(new CalendarSource("other.ics", ""), Vote), Marie).ShouldBeTrue();
        store.Uses.Uses.Select(u => (u.Uid, u.Source)).ShouldBe([("", ""), ("vote", "other.ics")]);
        desk.Sources().Select(s => s.Name).ShouldBe(["other.ics", "town.ics"]);

        desk.Forget("other.ics", Marie);
        store.Uses.Uses.ShouldHaveSingleItem().Occasion.Note.ShouldBe("own");
        store.Audit.Latest(1)[0].ShouldSatisfyAllConditions(a => a.What.ShouldBe("calendar removed"), a => a.Origin.ShouldBe("10.0.0.7"), a => a.Who.ShouldBe("Marie"));
    }

    [Fact]
    public void Event_is_changed_and_removed_with_audit_lines()
    {
        using var folder = new StoreFolder();
        using var store = folder.Open();
        var desk = CalendarBinding.Desk(store, folder.Time);
        var use = new Occasion(OccasionKind.Event, new(2026, 12, 1), new(2026, 12, 1)) { Note = "own", Zones = [new("gym")] };
        desk.Add(use, Marie).ShouldBeTrue();
        var id = store.Uses.Uses[0].Id;
        desk.Replace(id, use with { Note = "other" }, Marie).ShouldBeTrue();
        store.Uses.Uses.ShouldHaveSingleItem().ShouldSatisfyAllConditions(u => u.Id.ShouldBe(id), u => u.Occasion.Note.ShouldBe("other"));
        desk.Replace(id + 1, use, Marie).ShouldBeFalse();
        desk.Remove(id, Marie).ShouldBeTrue();
        desk.Remove(id, Marie).ShouldBeFalse();
        store.Audit.Latest(3).Select(a => (a.What, a.Subject)).ShouldBe([("event removed", "gym"), ("event changed", "gym"), ("event added", "gym")]);
        store.Settings.Versions("programme/added").Length.ShouldBe(3);
    }

    [Fact]
    public void Calendar_on_disk_is_read_again_when_it_changes_and_its_loss_changes_nothing()
    {
        using var folder = new StoreFolder();
        folder.Time.Advance(CalendarFiles.Now - folder.Time.GetUtcNow());
        using var store = folder.Open();
        var desk = CalendarBinding.Desk(store, folder.Time);
        var path = Path.Combine(folder.Path, "town.ics");
        File.WriteAllText(path, CalendarFiles.File(Choir));
        File.SetLastWriteTimeUtc(path, folder.Time.GetUtcNow().AddHours(-1).UtcDateTime);
        var source = new CalendarSource("town.ics", path);
        desk.Import(source, Plan(source, Choir), Marie);
        using var watch = new CalendarWatch(desk, new SampleDesk().Desk, folder.Time, NullLogger<CalendarWatch>.Instance);

        watch.Round();
        store.Settings.Versions("programme/added").Length.ShouldBe(1, "nothing has changed");
        File.WriteAllText(path, CalendarFiles.File(Choir, Vote));
        File.SetLastWriteTimeUtc(path, folder.Time.GetUtcNow().AddHours(1).UtcDateTime);
        watch.Round();
        store.Uses.Uses.Select(u => u.Uid).ShouldBe(["choir", "vote"], ignoreOrder: true);

        folder.Time.Advance(TimeSpan.FromDays(2));
        File.Delete(path);
        watch.Round();
        store.Uses.Uses.Length.ShouldBe(2);
    }
}
