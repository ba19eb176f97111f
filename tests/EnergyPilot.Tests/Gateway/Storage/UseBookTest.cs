using System.Collections.Immutable;
using System.Text.Json;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Gateway.Recording;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Web;
using EnergyPilot.Tests.Core.Control;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Tests.Gateway.Storage;

/// <summary>What staff add to the programme; the question is of Tuesday 2026-11-03 in the library.</summary>
public sealed class UseBookTest
{
    private static readonly DateTimeOffset Evening = DemoWorld.Tuesday.AddHours(20), NextTuesday = Evening.AddDays(14);
    private static readonly UseQuestion Question = new(
        DemoWorld.Library.Id, Evening, Evening.AddHours(2), new DateOnly(2026, 11, 3), new Interval(TimeSpan.FromHours(20), TimeSpan.FromHours(22), Mode.Comfort), 1);

    [Fact]
    public void Question_answered_with_yes_changes_the_programme_and_the_room_is_warm_in_the_weeks_after()
    {
        using var folder = new StoreFolder();
        var memory = UseQuestionRules.Visited(Evening, TimeSpan.FromMinutes(110), Memory.Empty);
        folder.Time.Advance(Evening.AddHours(3) - folder.Time.GetUtcNow());
        using (var store = folder.Open())
        {
            var desk = PageBinding.Desk(DemoWorld.Site, store, folder.Time);
            var question = Open(desk, memory).ShouldHaveSingleItem();
            Decide(store, NextTuesday, memory).Target(DemoWorld.Library).Reason.Code.ShouldBe(ReasonCode.Empty);

            desk.Answer(question, UseReply.EveryWeek, "Marie").ShouldBeTrue();
            Open(desk, memory).ShouldBeEmpty();
            desk.Site().PeriodOf(DemoWorld.Library, NextTuesday).Cause.ShouldBe(PeriodCause.Event);
            store.Audit.Latest(1)[0].ShouldSatisfyAllConditions(a => a.Who.ShouldBe("Marie"), a => a.Subject.ShouldBe("library"), a => a.Old.ShouldBe("2026-11-03 20:00-22:00"), a => a.New.ShouldBe("EveryWeek"));
        }

        using var again = folder.Open();
        var warm = Decide(again, NextTuesday, memory);
        warm.Target(DemoWorld.Library).ShouldSatisfyAllConditions(t => t.Setpoint.ShouldBe(DemoWorld.Library.Setpoints.Comfort), t => t.Reason.Code.ShouldBe(ReasonCode.Event));
        warm.Demand(DemoWorld.Library).Heat.Value.ShouldBeGreaterThan(0);
        Decide(again, NextTuesday.AddDays(-1), memory).Target(DemoWorld.Library).Reason.Code.ShouldBe(ReasonCode.Empty);
    }

    [Fact]
    public void Question_answered_twice_adds_its_use_once()
    {
        using var folder = new StoreFolder();
        using var store = folder.Open();
        var desk = PageBinding.Desk(DemoWorld.Site, store, folder.Time);
        desk.Answer(Question, UseReply.EveryWeek, "Marie").ShouldBeTrue();
        desk.Answer(Question, UseReply.EveryWeek, "Luc").ShouldBeTrue();
        store.Uses.Uses.ShouldHaveSingleItem().Owner.ShouldBe("Marie");
    }

    [Fact]
    public void Use_that_is_taken_away_no_longer_heats_and_the_audit_says_who()
    {
        using var folder = new StoreFolder();
        using var store = folder.Open();
        var desk = PageBinding.Desk(DemoWorld.Site, store, folder.Time);
        desk.Answer(Question, UseReply.OnlyThisDay, "Marie").ShouldBeTrue();
        desk.Site().PeriodOf(DemoWorld.Library, Evening).Cause.ShouldBe(PeriodCause.Event);

        desk.RemoveUse(7, "Luc").ShouldBeFalse();
        desk.RemoveUse(desk.Uses()[0].Id, "Luc").ShouldBeTrue();
        desk.Site().PeriodOf(DemoWorld.Library, Evening).Cause.ShouldBe(PeriodCause.Empty);
        store.Audit.Latest(1)[0].ShouldSatisfyAllConditions(a => a.Who.ShouldBe("Luc"), a => a.What.ShouldBe("event removed"), a => a.Old.ShouldStartWith("Event 2026-11-03 to 2026-11-03 EveryDay 20:00-22:00"));
    }

    [Fact]
    public void A_no_adds_nothing()
    {
        using var folder = new StoreFolder();
        using var store = folder.Open();
        PageBinding.Desk(DemoWorld.Site, store, folder.Time).Answer(Question, UseReply.No, "Marie").ShouldBeTrue();
        store.Uses.Exceptions.ShouldBeEmpty();
        store.Uses.Answers.ShouldHaveSingleItem().Who.ShouldBe("Marie");
    }

    [Fact]
    public void No_number_is_given_twice_and_there_is_an_end_to_adding()
    {
        using var folder = new StoreFolder();
        using var store = folder.Open();
        store.Uses.TryAdd(Question.Weekly, "Marie", Evening).ShouldBeTrue();
        store.Uses.Remove(1, "Marie").ShouldBeTrue();
        for (var i = 0; i < UseBook.MostUses; i++) store.Uses.TryAdd(Question.Weekly, "Marie", Evening).ShouldBeTrue();
        store.Uses.TryAdd(Question.Weekly, "Marie", Evening).ShouldBeFalse();
        store.Uses.Uses.Select(u => u.Id).ShouldBe(Enumerable.Range(2, UseBook.MostUses).Select(i => (long)i));

        // What was over long ago makes room.
        store.Uses.TryAdd(Question.Weekly, "Marie", Evening.AddDays(365)).ShouldBeTrue();
    }

    [Fact]
    public void Knowledge_stays_the_same_object_until_something_of_it_changes()
    {
        using var folder = new StoreFolder();
        using var store = folder.Open();
        store.Uses.Into(Knowledge.None).ShouldBeSameAs(Knowledge.None);
        store.Uses.TryAdd(Question.Weekly, "Marie", Evening);
        var known = store.Uses.Into(Knowledge.None);
        store.Uses.Into(Knowledge.None).ShouldBeSameAs(known);
        store.Uses.TryAdd(Question.Once, "Marie", Evening);
        store.Uses.Into(Knowledge.None).Added.Length.ShouldBe(2);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Control_does_not_wait_for_an_answer_that_waits_for_the_card()
    {
        using var folder = new StoreFolder();
        using var file = StoreFile.Open(folder.File, folder.Time, NullLogger.Instance);
        using var card = new HangingCard();
        var book = new UseBook(new SettingBook(file, card), NullLogger.Instance);
        var answer = Task.Run(() => book.TryAdd(Question.Weekly, "Marie", Evening));
        try
        {
            card.Waits.Wait(TestContext.Current.CancellationToken);
            (await Task.Run(() => book.Into(Knowledge.None))).ShouldBeSameAs(Knowledge.None);
            book.Exceptions.ShouldBeEmpty();
        }
        finally
        {
            card.Goes.Set();
        }

        (await answer).ShouldBeTrue();
        book.Into(Knowledge.None).Added.Length.ShouldBe(1);
    }

    [Fact]
    public void Recorded_day_keeps_what_staff_added()
    {
        var json = JsonSerializer.Serialize(Knowledge.None with { Added = [Question.Weekly, Question.Once with { Setpoint = new(17.5) }] }, RecordedJson.Default.Knowledge);
        var read = JsonSerializer.Deserialize(json, RecordedJson.Default.Knowledge).ShouldNotBeNull();
        JsonSerializer.Serialize(read, RecordedJson.Default.Knowledge).ShouldBe(json);
        DemoWorld.Site.With(read.Added).PeriodOf(DemoWorld.Library, NextTuesday).Cause.ShouldBe(PeriodCause.Event);
    }

    [Fact]
    public void Entry_that_cannot_be_read_leaves_the_site_file_in_force_and_is_logged()
    {
        using var folder = new StoreFolder();
        using (var store = folder.Open()) store.Settings.Save("programme/added", """{"lastId":1,"uses":null}""", "somebody");
        var log = new LogLines();
        using var again = folder.Open(log);
        again.Uses.Exceptions.ShouldBeEmpty();
        log.All.ShouldContain(l => l.Level == LogLevel.Warning && l.Text.Contains("programme/added", StringComparison.Ordinal));
    }

    private static ImmutableArray<UseQuestion> Open(PageDesk desk, Memory memory) =>
        UseQuestions.Of(DemoWorld.Site, DemoWorld.Library, memory.Of(DemoWorld.Library.Id).Stays, Evening.AddHours(3), desk.Answers());

    private static Decision Decide(Store store, DateTimeOffset at, Memory memory) =>
        Pilot.Decide(DemoWorld.Site, UseQuestionRules.Empty().At(at) with { Knowledge = store.Uses.Into(Knowledge.None) }, memory);

    /// <summary>A setting asks for the time just before it is written: here that takes until the test lets it go.</summary>
    private sealed class HangingCard : TimeProvider, IDisposable
    {
        public ManualResetEventSlim Waits { get; } = new();

        public ManualResetEventSlim Goes { get; } = new();

        public override DateTimeOffset GetUtcNow()
        {
            Waits.Set();
            Goes.Wait();
            return Evening;
        }

        public void Dispose()
        {
            Waits.Dispose();
            Goes.Dispose();
        }
    }
}
