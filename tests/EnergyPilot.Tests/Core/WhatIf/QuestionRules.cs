using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Sites.Editing;
using EnergyPilot.Core.WhatIf;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Core.WhatIf;

public sealed class QuestionRules
{
    public static TheoryData<QuestionFault, Alteration[]> Wrong => new()
    {
        { QuestionFault.Nothing, [] },
        { QuestionFault.UnknownZone, [new StartChange([new("attic")], TimeSpan.FromHours(6))] },
        { QuestionFault.Temperature, [new SetpointChange([], SetpointKind.Comfort, new(30))] },
        { QuestionFault.Temperature, [new SetpointChange([], SetpointKind.Comfort, new(double.NaN))] },
        { QuestionFault.Time, [new StartChange([], TimeSpan.FromHours(24))] },
        { QuestionFault.Time, [new HoursChange([], TimeSpan.FromDays(2), TimeSpan.Zero)] },
        { QuestionFault.Days, [new ClosedDaysChange([], new(2026, 12, 27), new(2026, 12, 21), new(12))] },
        { QuestionFault.Contradiction, [new SetpointChange([], SetpointKind.Comfort, new(18)), new SetpointChange(Seasons.Hall, SetpointKind.Comfort, new(17.5))] },
        { QuestionFault.TooMany, [.. Enumerable.Repeat(new StartChange([], TimeSpan.FromHours(6)), 9)] },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Questions_without_sense_are_refused(QuestionFault fault, Alteration[] changes) => new Question([.. changes]).Fault(Seasons.Site).ShouldBe(fault);

    [Fact]
    public void Cooler_comfort_takes_the_other_setpoints_along()
    {
        var zone = new Question([new SetpointChange(Seasons.Hall, SetpointKind.Comfort, new(14))]).Applied(Seasons.Site).Zones.Single(z => z.Id == Seasons.Hall[0]);
        zone.Setpoints.Comfort.ShouldBe(new(14));
        zone.Setpoints.Reduced.ShouldBe(new(14));
    }

    [Fact]
    public void Hours_end_earlier_and_what_has_no_length_left_is_gone()
    {
        var cp = new Question([new HoursChange(Seasons.Classes, TimeSpan.Zero, TimeSpan.FromHours(-3.5))]).Applied(Seasons.Site).Zones[0];
        cp.Programme.On(DayOfWeek.Monday).Intervals.ShouldBe([new Interval(TimeSpan.FromHours(8.5), TimeSpan.FromHours(12), Mode.Comfort)]);
        cp.Programme.On(DayOfWeek.Wednesday).Intervals.ShouldBeEmpty();
    }

    public static TheoryData<Alteration[]> True => new()
    {
        { [new SetpointChange(Seasons.Hall, SetpointKind.Comfort, new(18.5))] },
        { [new SetpointChange([], SetpointKind.Absence, new(12)), new SetpointChange([], SetpointKind.Reduced, new(15))] },
        { [new StartChange([], TimeSpan.FromHours(6))] },
        { [new ClosedDaysChange(Seasons.Classes, new(2026, 12, 21), new(2026, 12, 27), new(12))] },
        { [new HoursChange(Seasons.Classes, TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(-60))] },
        { [new HoursChange([Seasons.Classes[0]], TimeSpan.Zero, TimeSpan.FromMinutes(-60)), new SetpointChange(Seasons.Classes, SetpointKind.Comfort, new(18))] },
    };

    [Theory]
    [MemberData(nameof(True))]
    public void Edits_make_the_site_file_say_what_was_asked(Alteration[] changes)
    {
        var question = new Question([.. changes]);
        var wanted = question.Applied(Seasons.Site);
        SiteEdits.Apply(SchoolFiles.Demo, QuestionEdits.Of(question, Seasons.Site)).TryGet(out var text).ShouldBeTrue();
        text.ShouldNotBeNull().Text.ShouldNotBe(SchoolFiles.Demo.Text);
        SchoolFiles.Parse(text.Text).TryGet(out var came).ShouldBeTrue();
        foreach (var (zone, like) in came.ShouldNotBeNull().Zones.Zip(wanted.Zones))
        {
            zone.Setpoints.ShouldBe(like.Setpoints, zone.Name);
            zone.EarliestStart.ShouldBe(like.EarliestStart, zone.Name);
            foreach (var day in Enum.GetValues<DayOfWeek>()) zone.Programme.On(day).Intervals.ShouldBe(like.Programme.On(day).Intervals, zone.Name);
        }

        came.Exceptions.Skip(Seasons.Site.Exceptions.Length).Select(e => (e.Kind, e.First, e.Last, e.Setpoint, string.Join(' ', e.Zones)))
            .ShouldBe(wanted.Exceptions.Skip(Seasons.Site.Exceptions.Length).Select(e => (e.Kind, e.First, e.Last, e.Setpoint, string.Join(' ', e.Zones))));
    }
}
