using EnergyPilot.Core.Schedules;
using EnergyPilot.Gateway.Calendars;
using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Web;
using EnergyPilot.Tests.Gateway.Storage;
using EnergyPilot.Tests.Gateway.Web;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
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
        var desk = CalendarBinding.Desk(SampleSchool.Site, store, folder.Time);
        var source = new CalendarSource("town.ics", "");
        desk.Add(new Occasion(OccasionKind.Event, new(2026, 12, 1), new(2026, 12, 1)) { Note = "own" }, Marie).ShouldBeTrue();
        desk.Import(source, Plan(source, Choir, Vote), Marie).ShouldBeTrue();
        desk.Import(source, Plan(source, Choir, Vote), Marie).ShouldBeTrue();
        store.Uses.Uses.Select(u => u.Uid).ShouldBe(["", "choir", "vote"], ignoreOrder: true);

        // The club has gone, and another calendar brings the same vote: each says it for itself.
        desk.Import(source, Plan(source, Vote), Marie).ShouldBeTrue();
        desk.Import(new CalendarSource("other.ics", ""), Plan(new CalendarSource("other.ics", ""), Vote), Marie).ShouldBeTrue();
        store.Uses.Uses.Select(u => (u.Uid, u.Source)).ShouldBe([("", ""), ("vote", "town.ics"), ("vote", "other.ics")]);
        desk.Sources().Select(s => s.Name).ShouldBe(["other.ics", "town.ics"]);

        // What one of them no longer says is still said by the other.
        desk.Import(source, Plan(source, Choir), Marie).ShouldBeTrue();
        store.Uses.Uses.Select(u => (u.Uid, u.Source)).ShouldBe([("", ""), ("vote", "other.ics"), ("choir", "town.ics")]);
        desk.Forget("town.ics", Marie);
        store.Uses.Uses.Select(u => (u.Uid, u.Source)).ShouldBe([("", ""), ("vote", "other.ics")]);
        desk.Forget("other.ics", Marie);
        store.Uses.Uses.ShouldHaveSingleItem().Occasion.Note.ShouldBe("own");
        store.Audit.Latest(1)[0].ShouldSatisfyAllConditions(a => a.What.ShouldBe("calendar removed"), a => a.Origin.ShouldBe("10.0.0.7"), a => a.Who.ShouldBe("Marie"));
    }

    [Fact]
    public void Event_is_changed_and_removed_with_audit_lines()
    {
        using var folder = new StoreFolder();
        using var store = folder.Open();
        var desk = CalendarBinding.Desk(SampleSchool.Site, store, folder.Time);
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
        var desk = CalendarBinding.Desk(SampleSchool.Site, store, folder.Time);
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

    [Fact]
    public void Calendar_that_says_the_same_writes_nothing_and_its_past_days_are_no_change()
    {
        using var bench = new WatchBench();
        bench.Write(Choir, Vote);
        bench.Watch.Round();
        var kept = bench.Versions();

        for (var day = 0; day < 40; day++)
        {
            bench.Time.Advance(TimeSpan.FromDays(1));
            bench.Watch.Round();
        }

        bench.Versions().ShouldBe(kept);
        bench.Desk.Sources().ShouldHaveSingleItem().ReadAt.ShouldBe(bench.Time.GetUtcNow());
        bench.Write(Choir.Replace("T180000", "T190000", StringComparison.Ordinal), Vote);
        bench.Watch.Round();
        bench.Versions().ShouldNotBe(kept);
        bench.Store.Uses.Uses.ShouldContain(u => HoursText.Of(u.Occasion.Hours) == "19:00-21:00");
    }

    [Fact]
    public void Import_is_kept_with_its_calendar_and_its_audit_line_or_not_at_all()
    {
        using var bench = new WatchBench();
        var kept = bench.Versions();
        bench.Folder.Number("CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END");
        Should.Throw<SqliteException>(() => bench.Desk.Import(new CalendarSource("other.ics", ""), Plan(new CalendarSource("other.ics", ""), Vote), Marie));
        Should.Throw<SqliteException>(() => bench.Desk.Add(new Occasion(OccasionKind.Event, new(2026, 12, 1), new(2026, 12, 1)), Marie));
        Should.Throw<SqliteException>(() => bench.Desk.Forget("town.ics", Marie));
        bench.Folder.Number("DROP TRIGGER full");

        bench.Store.Uses.Uses.ShouldHaveSingleItem().Uid.ShouldBe("choir");
        bench.Desk.Sources().ShouldHaveSingleItem().Name.ShouldBe("town.ics");
        bench.Versions().ShouldBe(kept);
    }

    [Fact]
    public void Full_card_ends_no_watch_and_is_told_once()
    {
        using var bench = new WatchBench();
        bench.Write(Vote);
        bench.Folder.Number("CREATE TRIGGER full BEFORE INSERT ON setting BEGIN SELECT RAISE(ABORT, 'full'); END");
        bench.Watch.Round();
        bench.Watch.Round();
        bench.Log.All.ShouldHaveSingleItem().Level.ShouldBe(LogLevel.Error);

        bench.Folder.Number("DROP TRIGGER full");
        bench.Watch.Round();
        bench.Store.Uses.Uses.ShouldHaveSingleItem().Uid.ShouldBe("vote");
    }

    [Fact]
    public void Calendar_with_too_many_uses_is_told_once_and_read_again_when_it_has_changed()
    {
        using var bench = new WatchBench();
        string[] many = [.. Enumerable.Range(0, UseBook.MostUses + 1).Select(i => Vote.Replace("UID:vote", $"UID:{i}", StringComparison.Ordinal))];
        bench.Write(many);
        for (var i = 0; i < 5; i++) bench.Watch.Round();
        bench.Log.All.ShouldHaveSingleItem().Text.ShouldContain("more uses than can be added");
        bench.Imports.ShouldBe(1, "nothing but the file or a day can change that");
        bench.Time.Advance(TimeSpan.FromDays(1));
        bench.Watch.Round();
        bench.Imports.ShouldBe(2);

        bench.Write(Vote);
        bench.Watch.Round();
        bench.Store.Uses.Uses.ShouldHaveSingleItem().Uid.ShouldBe("vote");
        bench.Log.All.Count.ShouldBe(2);
    }

    /// <summary>A calendar on disk, with the choir in it, that has been imported and is watched.</summary>
    private sealed class WatchBench : IDisposable
    {
        private readonly string path;

        public WatchBench()
        {
            Time.Advance(CalendarFiles.Now - Time.GetUtcNow());
            Store = Folder.Open();
            Desk = CalendarBinding.Desk(SampleSchool.Site, Store, Time);
            path = Path.Combine(Folder.Path, "town.ics");
            Watch = new CalendarWatch(Desk with { Import = (source, plan, who) => ++Imports > 0 && Desk.Import(source, plan, who) }, new SampleDesk().Desk, Time, new Logger<CalendarWatch>(new OneLog(Log)));
            Write(Choir);
            var source = new CalendarSource("town.ics", path);
            Desk.Import(source, Plan(source, Choir), Marie).ShouldBeTrue();
        }

        public StoreFolder Folder { get; } = new();
        public ManualTime Time => Folder.Time;
        public Store Store { get; }
        public EnergyPilot.Gateway.Web.Calendar.CalendarDesk Desk { get; }
        public CalendarWatch Watch { get; }
        public LogLines Log { get; } = new();

        /// <summary>How often the watch has brought a calendar.</summary>
        public int Imports { get; private set; }

        // Each time a minute later than the gateway last read it.
        public void Write(params string[] entries)
        {
            File.WriteAllText(path, CalendarFiles.File(entries));
            Time.Advance(TimeSpan.FromMinutes(1));
            File.SetLastWriteTimeUtc(path, Time.GetUtcNow().UtcDateTime);
        }

        public (long, long) Versions() => (Folder.Number("SELECT sum(version) FROM setting"), Folder.Number("SELECT max(id) FROM audit"));

        public void Dispose()
        {
            Watch.Dispose();
            Store.Dispose();
            Folder.Dispose();
        }

        private sealed class OneLog(LogLines lines) : ILoggerFactory
        {
            public void AddProvider(ILoggerProvider provider)
            {
            }

            public ILogger CreateLogger(string categoryName) => lines;

            public void Dispose()
            {
            }
        }
    }
}
