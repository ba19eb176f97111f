using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Tests.Core.Control;

/// <summary>People outside the timetable, and what staff are asked; Tuesday 2026-11-03, 20:00 on the school's clocks.</summary>
public sealed class UseQuestionRules
{
    private static readonly DateTimeOffset Evening = DemoWorld.Tuesday.AddHours(20);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    [Fact]
    public void Ten_minutes_of_people_in_the_evening_become_a_question_with_hours()
    {
        Questions(Visited(Evening, TimeSpan.FromMinutes(9), Memory.Empty), Evening.AddMinutes(9)).ShouldBeEmpty();

        var memory = Visited(Evening, TimeSpan.FromMinutes(95), Memory.Empty);
        var question = Questions(memory, Evening.AddHours(3)).ShouldHaveSingleItem();
        question.Day.ShouldBe(new DateOnly(2026, 11, 3));
        question.Hours.ShouldBe(new Interval(TimeSpan.FromHours(20), TimeSpan.FromHours(21.75), Mode.Comfort));
        question.Times.ShouldBe(1);
    }

    [Fact]
    public void Who_prepares_a_lesson_or_stays_a_little_raises_no_question()
    {
        var morning = Visited(DemoWorld.Tuesday.AddHours(8.1), TimeSpan.FromMinutes(50), Memory.Empty);
        Questions(Visited(DemoWorld.Tuesday.AddHours(18.5), TimeSpan.FromMinutes(35), morning), Evening).ShouldBeEmpty();
    }

    [Fact]
    public void Visits_on_the_same_day_of_the_week_at_the_same_time_are_counted_together()
    {
        var memory = Memory.Empty;
        for (var week = 0; week < 3; week++) memory = Visited(Evening + week * Week + TimeSpan.FromMinutes(10 * week), TimeSpan.FromHours(1), memory);
        memory = Visited(Evening.AddDays(15), TimeSpan.FromHours(1), memory);

        var open = Questions(memory, Evening.AddDays(15.5));
        open.Select(q => (q.Day.DayOfWeek, q.Times)).ShouldBe([(DayOfWeek.Wednesday, 1), (DayOfWeek.Tuesday, 3)]);
        open[1].Hours.ShouldBe(new Interval(TimeSpan.FromHours(20), TimeSpan.FromHours(21.5), Mode.Comfort));
    }

    [Fact]
    public void Question_that_nobody_answers_goes_after_a_week_and_its_visit_after_four()
    {
        var memory = Visited(Evening, TimeSpan.FromHours(1), Memory.Empty);
        Questions(memory, Evening.AddDays(7)).ShouldHaveSingleItem();
        Questions(memory, Evening.AddDays(7.1)).ShouldBeEmpty();
        Empty().Decide(Evening.AddDays(29), memory).Memory.Of(DemoWorld.Library.Id).Stays.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(UseReply.No, 1, false)]
    [InlineData(UseReply.No, 7, false)]
    [InlineData(UseReply.No, 30, true)]
    [InlineData(UseReply.OnlyThisDay, 7, true)]
    [InlineData(UseReply.EveryWeek, 1, true)]
    public void Answer_settles_its_question_and_a_no_all_like_it_for_four_weeks(UseReply reply, int daysLater, bool asked)
    {
        var memory = Visited(Evening, TimeSpan.FromHours(1), Memory.Empty);
        var question = Questions(memory, Evening.AddHours(2)).ShouldHaveSingleItem();
        var answer = new UseAnswer(question.Zone, reply, question.Day, question.Hours, "Marie", Evening.AddHours(2));
        Questions(memory, Evening.AddHours(2), answer).ShouldBeEmpty();

        var again = Visited(Evening.AddDays(daysLater), TimeSpan.FromHours(1), memory);
        Questions(again, Evening.AddDays(daysLater).AddHours(2), answer).Any(q => q.Since > Evening.AddHours(12)).ShouldBe(asked);
    }

    [Theory]
    [InlineData(2026, 11, 3, 2027)]
    [InlineData(2027, 7, 6, 2028)]
    [InlineData(2027, 3, 2, 2027)]
    public void Weekly_use_goes_on_until_the_school_year_ends(int year, int month, int day, int ends)
    {
        var question = new UseQuestion(DemoWorld.Library.Id, Evening, Evening, new DateOnly(year, month, day), new Interval(TimeSpan.FromHours(20), TimeSpan.FromHours(22), Mode.Comfort), 1);
        question.Weekly.Last.ShouldBe(new DateOnly(ends, 7, 31));
        question.Weekly.FallsOn(question.Day.AddDays(7), DemoWorld.Library.Id, HolidayCalendar.None).ShouldBeTrue();
        question.Weekly.FallsOn(question.Day.AddDays(7), DemoWorld.Cp.Id, HolidayCalendar.None).ShouldBeFalse();
        question.Once.FallsOn(question.Day.AddDays(7), DemoWorld.Library.Id, HolidayCalendar.None).ShouldBeFalse();
    }

    [Fact]
    public void Whatever_was_stored_questions_have_hours_of_their_day() => Law.Holds(chance =>
    {
        ImmutableArray<Stay> stays = [.. Enumerable.Range(0, chance.Next(8)).Select(_ => new Stay(RandomWorld.Near(chance, Evening), RandomWorld.Near(chance, Evening)))];
        foreach (var question in UseQuestions.Of(DemoWorld.Site, DemoWorld.Library, stays, Evening, []))
        {
            question.Hours.From.ShouldBeGreaterThanOrEqualTo(TimeSpan.Zero);
            question.Hours.To.ShouldBeLessThanOrEqualTo(TimeSpan.FromDays(1));
            question.Hours.From.ShouldBeLessThan(question.Hours.To);
            question.Times.ShouldBePositive();
        }
    });

    internal static Memory Visited(DateTimeOffset from, TimeSpan length, Memory memory)
    {
        var world = Empty();
        memory = world.Decide(from.AddMinutes(-40), memory).Memory;
        foreach (var sensor in DemoWorld.Library.Points.Presence) world[sensor] = 1;
        memory = world.Run(from, length, memory).Memory;
        foreach (var sensor in DemoWorld.Library.Points.Presence) world[sensor] = 0;
        return world.Run(from + length + TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(25), memory).Memory;
    }

    internal static DemoWorld Empty()
    {
        var world = new DemoWorld(rooms: 17, outdoor: 8);
        foreach (var zone in DemoWorld.Site.Zones)
            foreach (var sensor in zone.Points.Presence) world[sensor] = 0;
        return world;
    }

    private static ImmutableArray<UseQuestion> Questions(Memory memory, DateTimeOffset at, params ImmutableArray<UseAnswer> answers) =>
        UseQuestions.Of(DemoWorld.Site, DemoWorld.Library, memory.Of(DemoWorld.Library.Id).Stays, at, answers);
}
