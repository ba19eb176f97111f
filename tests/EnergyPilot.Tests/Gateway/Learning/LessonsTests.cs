using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Forecasts;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Learning;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Tests.Core.Learning;
using EnergyPilot.Tests.Core.Sites;
using EnergyPilot.Tests.Gateway.Storage;
using School = EnergyPilot.Tests.Gateway.Storage.School;
using Microsoft.Extensions.Logging;

namespace EnergyPilot.Tests.Gateway.Learning;

public sealed class LessonsTests : IDisposable
{
    private static readonly Site Site = SchoolFiles.DemoSite with { Zones = [.. SchoolFiles.DemoSite.Zones.Take(2)] };
    private static readonly ZoneId First = Site.Zones[0].Id, Second = Site.Zones[1].Id;

    // 19:15 in Roubaix on the tenth day.
    private static readonly DateTimeOffset Evening = RandomZone.Start.AddDays(9).AddHours(18.25);
    private static readonly ZoneModel Truth = ZoneModel.Prior with { Heating = 14, AirToOutdoor = 0.1 };
    private static readonly Quarter[] Days = RandomZone.Days(Truth, 10, new Random(5));

    private readonly StoreFolder folder = new();
    private readonly LinesOf<Lessons> log = new();
    private readonly Store store;

    public LessonsTests()
    {
        store = folder.Open();
        foreach (var quarter in Days.Where(q => q.End <= Evening))
            store.Record(School.Decided(School.Nothing(quarter.End) with { Quarters = [.. Site.Zones.Select(z => new ZoneQuarter(z.Id, quarter))] }));
    }

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void New_school_begins_with_the_prior_of_every_zone()
    {
        var lessons = Resumed();

        lessons.Knowledge.Zones.Keys.ShouldBe([First, Second], ignoreOrder: true);
        lessons.Knowledge.Zones[First].HasLearned.ShouldBeFalse();
        store.Knowledge.Load().School.ShouldBe(Site.Name);
    }

    [Fact]
    public void Evening_teaches_once_and_a_restart_keeps_it()
    {
        var lessons = Resumed();
        lessons.Hold(Evening.AddHours(-2), TestContext.Current.CancellationToken);
        lessons.Knowledge.Zones[First].HasLearned.ShouldBeFalse("it is not evening yet");

        lessons.Hold(Evening, TestContext.Current.CancellationToken);

        var learned = lessons.Knowledge.Zones[First];
        learned.LastVerdict.ShouldBe(Verdict.Accepted);
        learned.Model.Heating.ShouldBe(14, 1.5);
        lessons.Hold(Evening.AddMinutes(15), TestContext.Current.CancellationToken);
        lessons.Knowledge.Zones[First].LastAttempt.ShouldBe(Evening, "one lesson an evening");

        var again = new Lessons(Site, store, log);
        again.Resume(Evening.AddHours(1));
        again.Knowledge.Zones[First].Model.ShouldBe(learned.Model);
        again.Hold(Evening.AddHours(1), TestContext.Current.CancellationToken);
        again.Knowledge.Zones[First].LastAttempt.ShouldBe(Evening, "not even after a restart");
    }

    [Fact]
    public void What_a_person_changes_is_noticed_with_the_next_quarter()
    {
        var lessons = Resumed();
        lessons.Hold(Evening, TestContext.Current.CancellationToken);
        var sister = new ZonePrior(Truth, [.. ZoneModel.Spread.Select(s => s / 2)]);

        store.Knowledge.Change(Evening.AddMinutes(5), k => k.With(First, Learned.Of(sister, Evening.AddMinutes(5))));
        lessons.Hold(Evening.AddMinutes(15), TestContext.Current.CancellationToken);

        lessons.Knowledge.Zones[First].Prior.Spread.ShouldBe(sister.Spread);
        lessons.Knowledge.Zones[First].HasLearned.ShouldBeFalse();
        lessons.Knowledge.Zones[Second].HasLearned.ShouldBeTrue("the other zone was not touched");
    }

    [Fact]
    public void Lesson_that_fails_costs_that_evening_only_and_is_said_once()
    {
        var lessons = Resumed();
        store.Flush();
        folder.Number("ALTER TABLE quarter RENAME TO hidden");
        lessons.Hold(Evening, TestContext.Current.CancellationToken);
        lessons.Hold(Evening.AddMinutes(15), TestContext.Current.CancellationToken);

        lessons.Knowledge.Zones[First].HasLearned.ShouldBeFalse();
        log.All.Count(l => l.Level == LogLevel.Error).ShouldBe(2, "one line for each zone");

        folder.Number("ALTER TABLE hidden RENAME TO quarter");
        lessons.Hold(Evening.AddDays(1), TestContext.Current.CancellationToken);
        lessons.Knowledge.Zones[First].LastAttempt.ShouldBe(Evening.AddDays(1));
    }

    [Fact]
    public void Clock_that_went_back_does_not_stop_learning()
    {
        store.Knowledge.Change(Evening, k => k.With(First, Learned.Of(ZonePrior.Ordinary, Evening.AddYears(1))));
        var lessons = Resumed();

        lessons.Hold(Evening, TestContext.Current.CancellationToken);

        lessons.Knowledge.Zones[First].LastAttempt.ShouldBe(Evening);
    }

    [Fact]
    public void Outlook_and_models_do_not_forget_each_other()
    {
        var lessons = Resumed();
        var outlook = new Outlook(Evening.AddMinutes(-15), [OutlookHour.Unknown with { Outdoor = 3 }]);

        lessons.Expect(outlook);
        lessons.Hold(Evening, TestContext.Current.CancellationToken);

        lessons.Knowledge.Outlook.ShouldBeSameAs(outlook);
        lessons.Knowledge.Zones[First].HasLearned.ShouldBeTrue();
    }

    [Fact]
    public void Stop_ends_it_between_two_zones()
    {
        var lessons = Resumed();
        lessons.Hold(Evening, new CancellationToken(canceled: true));
        lessons.Knowledge.Zones[First].HasLearned.ShouldBeFalse();
    }

    [Fact]
    public void Cycles_only_leave_a_note()
    {
        var lessons = Resumed();
        lessons.After(School.Nothing(Evening));
        lessons.Due.TryRead(out _).ShouldBeFalse("no quarter ended");

        var closed = School.Nothing(Evening) with { Quarters = [new ZoneQuarter(First, Days[0])] };
        lessons.After(closed);
        lessons.After(closed);
        lessons.Due.TryRead(out var at).ShouldBeTrue();
        at.ShouldBe(Evening);
        lessons.Due.TryRead(out _).ShouldBeFalse("a lesson that lasts does not pile up others");
    }

    private Lessons Resumed()
    {
        var lessons = new Lessons(Site, store, log);
        lessons.Resume(RandomZone.Start);
        return lessons;
    }

    private sealed class LinesOf<T> : ILogger<T>
    {
        public List<(LogLevel Level, string Text)> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Add((logLevel, formatter(state, exception)));
    }
}
