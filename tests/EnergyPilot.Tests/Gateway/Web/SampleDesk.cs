using EnergyPilot.Core.Control;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Legal;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Core.WhatIf;
using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Web;
using EnergyPilot.Gateway.WhatIf;
using EnergyPilot.Tests.Core.Sites;
using EnergyPilot.Tests.Core.WhatIf;
using Microsoft.Extensions.Logging.Abstractions;
using EnergyPilot.Gateway.Web.School;
using EnergyPilot.Gateway.Web.Calendar;
using Role = EnergyPilot.Gateway.Storage.Role;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>What the pages ask and do, kept in lists: a cold night, one account, and the wishes that came in.</summary>
internal sealed class SampleDesk
{
    public const string Password = "correct horse battery";

    public List<Override> Wishes { get; } = [];

    public List<AddedUse> Uses { get; } = [];

    public List<(UseQuestion Question, UseReply Reply, string Who)> Replies { get; } = [];

    public List<LedgerDay> Ledger { get; } = [];

    public List<(long Id, string Who)> Cancelled { get; } = [];

    /// <summary>What the account of this name may. All have the same password.</summary>
    public static IReadOnlyDictionary<string, Role> Accounts { get; } = new Dictionary<string, Role> { ["Vera"] = Role.Viewer, ["Marie"] = Role.Staff, ["Ivo"] = Role.Installer, ["Anne"] = Role.Admin };

    public List<AlarmEntry> Alarms { get; } = [];

    public List<FloorPlan> Plans { get; } = [];

    /// <summary>How many changes each zone has had, an hour apart; the usual three when none.</summary>
    public int ManyChanges { get; set; }

    public Site Site { get; set; } = SampleSchool.Site;

    public SampleEnergy Energy { get; } = new();
    /// <summary>What questions rest on: two weeks of November.</summary>
    public Func<Site, Grounds> Grounds { get; set; } = site => Seasons.Of(site, new DateOnly(2026, 11, 2), 14, 14);

    /// <summary>The site's versions, where a test has some.</summary>
    public SiteDesk? Versions { get; set; }

    public WhatIfDesk WhatIf { get; }

    public SampleDesk() => WhatIf = new(() => Site, site => Grounds(site), TimeProvider.System, NullLogger<WhatIfDesk>.Instance)
    {
        Preview = question => Files.Preview(QuestionEdits.Of(question, Files.Current)),
        Apply = (question, basedOn, by) => Files.Apply(QuestionEdits.Of(question, Files.Current), basedOn, by, ""),
    };

    /// <summary>What the host serves where a test has no versions of its own.</summary>
    public Func<SiteDesk> Served { get; set; } = () => throw new InvalidOperationException("No host serves a site.");

    private SiteDesk Files => Versions ?? Served();

    /// <summary>Somebody who guessed too often.</summary>
    public const string LockedName = "Luc";

    public static DateTimeOffset LockedUntil => new(2026, 1, 19, 5, 20, 0, TimeSpan.Zero);

    /// <summary>Marie keeps the library warm for some hours.</summary>
    public void AddWish() => Wishes.Add(new Override(1, new("library"), 20.0.Celsius, "Marie", SampleSchool.Monday0612.AddHours(-1), SampleSchool.Monday0612.AddHours(3), "Heure du conte"));

    public PageDesk Desk => new()
    {
        Site = () => Site.With([.. Uses.Select(u => u.Occasion)]),
        Series = Series,
        Index = Energy.Index,
        HourlyMeans = SampleEnergy.Outdoor,
        MadeUpUntil = () => Energy.MadeUpUntil,
        Ledger = (from, to) => [.. Ledger.Where(d => d.Day >= from && d.Day <= to)],
        Changes = (_, from, to, slice) => [.. Changes(to).Where(c => c.At >= from).Skip(slice.Skip).Take(slice.Take)],
        Plans = () => [.. Plans],
        History = (point, from, to, resolution) => History(point, from, to, resolution),
        OpenAlarms = () => [.. Alarms.Where(a => a.IsOpen)],
        Alarms = (from, to, subject) => [.. Alarms.Where(a => a.Alarm.Since < to && a.Ended >= from && (subject.Length == 0 || a.Alarm.Subject == subject)).OrderByDescending(a => a.Alarm.Since).Take(300)],
        Alarm = id => Alarms.FirstOrDefault(a => a.Id == id),
        Acknowledge = Acknowledge,
        PastOverrides = (_, _) => [.. Wishes.Select(w => new PastOverride(w, w.Until, ""))],
        Growth = (point, from, to) => Math.Floor((to - from).TotalMinutes) / 60 * (point.Name.Contains("gas", StringComparison.Ordinal) ? 5.4 : point.Name.Contains("water", StringComparison.Ordinal) ? 0.11 : 4.2),
        Overrides = at => [.. Wishes.Where(w => w.HoldsAt(at) && Cancelled.All(c => c.Id != w.Id))],
        AddOverride = wish => Wishes.Add(wish with { Id = Wishes.Count + 1 }),
        CancelOverride = (id, who, _) => Cancelled.Add((id, who)),
        Uses = () => Uses,
        RemoveUse = (id, _) => Uses.RemoveAll(u => u.Id == id) > 0,
        Answers = () => [.. Replies.Select(r => new UseAnswer(r.Question.Zone, r.Reply, r.Question.Day, r.Question.Hours, r.Who, SampleSchool.Monday0612))],
        Answer = (question, reply, who) =>
        {
            Replies.Add((question, reply, who));
            return true;
        },
    };

    /// <summary>Where the site is changed, of a test that brings its own; else it is the sample's.</summary>
    public Func<SiteDesk>? Editor { get; set; }

    /// <summary>The files of holidays at hand; the repository's, until a test brings others.</summary>
    public IReadOnlyDictionary<string, DocumentText> HolidayFiles { get; set; } = SchoolFiles.Calendars;

    /// <summary>The calendars that were imported.</summary>
    public List<CalendarSource> Sources { get; } = [];

    public CalendarDesk Calendar => new()
    {
        Add = (use, who) => Keep(use, who.Name, 0),
        Replace = (id, use, who) => Uses.RemoveAll(u => u.Id == id) > 0 && Keep(use, who.Name, id),
        Remove = (id, _) => Uses.RemoveAll(u => u.Id == id) > 0,
        Sources = () => Sources,
        Import = (source, plan, who) =>
        {
            Uses.RemoveAll(u => u.Source == source.Name);
            foreach (var (uid, use) in plan.Uses) Uses.Add(new AddedUse(Uses.Count + 100, use, who.Name, SampleSchool.Monday0612) { Source = source.Name, Uid = uid });
            Sources.RemoveAll(s => s.Name == source.Name);
            Sources.Add(source with { Owner = who.Name, ReadAt = SampleSchool.Monday0612, Added = plan.Uses.Length, LeftOut = plan.LeftOut.Length });
            return true;
        },
        Forget = (name, _) => Uses.RemoveAll(u => u.Source == name && Sources.RemoveAll(s => s.Name == name) >= 0),
    };

    private bool Keep(Occasion use, string who, long id)
    {
        Uses.Add(new AddedUse(id > 0 ? id : Uses.Count + 1, use, who, SampleSchool.Monday0612));
        return true;
    }

    private static List<EnergyPilot.Gateway.Web.Sample> Series(PointId point, DateTimeOffset from, DateTimeOffset to)
    {
        List<EnergyPilot.Gateway.Web.Sample> samples = [];
        for (var at = from; at <= to; at += TimeSpan.FromMinutes(5)) samples.Add(new EnergyPilot.Gateway.Web.Sample(at, Value(point, at)));
        return samples;
    }

    private static double Value(PointId point, DateTimeOffset at)
    {
        var hour = SampleSchool.Site.Local(at).TimeOfDay.TotalHours;
        var inUse = hour is >= 8.5 and <= 16.5;
        return point.Name.Split('.')[^1] switch
        {
            "setpoint" => hour is < 3.7 or > 16.5 ? 16 : 19,
            "presence" => inUse ? 1 : 0,
            "heat" => inUse ? 25 : hour is > 3.7 and < 8.5 ? 90 : 0,
            "co2" => inUse ? 640 + 220 * (1 - Math.Cos((hour - 8.5) * Math.PI / 2)) : 430,
            _ when point == SampleSchool.Outdoor => 1.5 + 3.6 * Math.Sin((hour - 9) / 24 * 2 * Math.PI),
            _ => inUse ? 19 + 0.2 * Math.Sin(hour * 3) : hour < 3.7 ? 16.7 - hour * 0.2 : hour < 8.5 ? 15.96 + (hour - 3.7) * 0.6 : 19 - (hour - 16.5) * 0.3,
        };
    }

    private bool Acknowledge(long id, string note, Visitor visitor)
    {
        var at = Alarms.FindIndex(a => a.Id == id && !a.IsAcknowledged);
        if (at < 0) return false;
        Alarms[at] = Alarms[at] with { Acknowledgement = new Acknowledgement(SampleSchool.Monday0612, visitor.Name, note) };
        return true;
    }

    private static List<SeriesPoint> History(PointId point, DateTimeOffset from, DateTimeOffset to, Resolution resolution)
    {
        var step = TimeSpan.FromMilliseconds(Bucket.Length(resolution));
        List<SeriesPoint> steps = [];
        for (var at = DateTimeOffset.FromUnixTimeMilliseconds(Bucket.Start(from.ToUnixTimeMilliseconds(), Bucket.Length(resolution))); at < to; at += step)
            steps.Add(new SeriesPoint(at, Value(point, at), Value(point, at) - 0.3, Value(point, at) + 0.3));
        return steps;
    }

    private List<Change> Changes(DateTimeOffset to) => ManyChanges > 0
        ? [.. Enumerable.Range(1, ManyChanges).Select(i => new Change(to.AddHours(-i), new Celsius(15 + i % 5), Priority.Schedule, Reason.Of(ReasonCode.Empty, Fact.Of("target", new Celsius(15 + i % 5)))))]
        :
    [
        new(to.AddHours(-2.5), 19.0.Celsius, Priority.Schedule, Reason.Of(ReasonCode.WarmingUp, Fact.Of("target", 19.0.Celsius), Fact.Of("until", to.AddHours(2.3)), Fact.Of("room", 16.2.Celsius), Fact.Of("outdoor", (-2.1).Celsius), Fact.Of("lead", TimeSpan.FromMinutes(288)))),
        new(to.AddHours(-13.7), 16.0.Celsius, Priority.Schedule, Reason.Of(ReasonCode.Empty, Fact.Of("target", 16.0.Celsius), Fact.Of("until", to.AddHours(2.3)))),
        new(to.AddHours(-16), 20.0.Celsius, Priority.Operator, Reason.Of(ReasonCode.OverrideByHand, Fact.Of("target", 20.0.Celsius), Fact.Of("by", "Marie"), Fact.Of("until", to.AddHours(-13.7)), Fact.Of("note", "Réunion de parents"))),
    ];
}
