using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Sites.Editing;
using EnergyPilot.Core.WhatIf;
using EnergyPilot.Gateway.Texts;
using EnergyPilot.Gateway.Web.Programme;
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
        { [new HoursChange([Seasons.Classes[0]], TimeSpan.FromMinutes(30), TimeSpan.Zero), new HoursChange([Seasons.Classes[2]], TimeSpan.FromMinutes(60), TimeSpan.Zero)] },
        { [new HoursChange(Seasons.Classes[..2], TimeSpan.FromMinutes(30), TimeSpan.Zero), new HoursChange(Seasons.Classes[2..], TimeSpan.FromMinutes(60), TimeSpan.Zero)] },
        { [new HoursChange([Seasons.Classes[0]], TimeSpan.Zero, TimeSpan.FromMinutes(-60)), new SetpointChange(Seasons.Classes, SetpointKind.Comfort, new(18))] },
    };

    [Theory]
    [MemberData(nameof(True))]
    public void Edits_make_the_site_file_say_what_was_asked(Alteration[] changes)
    {
        var question = new Question([.. changes]);
        var wanted = question.Applied(Seasons.Site);
        var came = Edited(question, SchoolFiles.Demo, Seasons.Site);
        foreach (var (zone, like) in came.Zones.Zip(wanted.Zones))
        {
            zone.Setpoints.ShouldBe(like.Setpoints, zone.Name);
            zone.EarliestStart.ShouldBe(like.EarliestStart, zone.Name);
            foreach (var day in Enum.GetValues<DayOfWeek>()) zone.Programme.On(day).Intervals.ShouldBe(like.Programme.On(day).Intervals, zone.Name);
        }

        came.Exceptions.Skip(Seasons.Site.Exceptions.Length).Select(e => (e.Kind, e.First, e.Last, e.Setpoint, string.Join(' ', e.Zones)))
            .ShouldBe(wanted.Exceptions.Skip(Seasons.Site.Exceptions.Length).Select(e => (e.Kind, e.First, e.Last, e.Setpoint, string.Join(' ', e.Zones))));
    }

    [Fact]
    public void Programme_that_waits_for_its_zone_is_not_written_over()
    {
        var file = SchoolFiles.Demo with { Text = SchoolFiles.Demo.Text.Replace("\nprogrammes:\n", "\nprogrammes:\n  classroom-2:\n    sat: 09:00-12:00\n", StringComparison.Ordinal) };
        SchoolFiles.Parse(file.Text).TryGet(out var site).ShouldBeTrue();
        var came = Edited(new Question([new HoursChange([Seasons.Classes[0]], TimeSpan.FromMinutes(30), TimeSpan.Zero)]), file, site.ShouldNotBeNull());
        came.HasProgramme("classroom-2").ShouldBeTrue();
        came.Zones.ShouldAllBe(z => z.Programme.Id != "classroom-2");
        came.Zones[0].Programme.On(DayOfWeek.Monday).Intervals[0].From.ShouldBe(new TimeSpan(9, 0, 0));
    }

    [Fact]
    public void Zones_that_come_out_alike_share_a_programme()
    {
        var later = TimeSpan.FromMinutes(30);
        var came = Edited(new Question([new HoursChange(Seasons.Classes[..2], later, TimeSpan.Zero), new HoursChange([Seasons.Classes[2]], 2 * later, TimeSpan.Zero)]), SchoolFiles.Demo, Seasons.Site);
        came.Zones.Take(4).Select(z => z.Programme.Id).ShouldBe(["classroom-2", "classroom-2", "classroom-3", "classroom"]);
    }

    [Theory]
    [InlineData("06:00-07:00 reduced, 07:00-12:00", 2, 0, "08:00-12:00")]
    [InlineData("06:00-07:00 reduced, 07:00-12:00", 0.5, 0, "06:30-07:00 reduced, 07:00-12:00")]
    [InlineData("06:00-07:00 reduced, 07:00-12:00", -1, 0, "05:00-07:00 reduced, 07:00-12:00")]
    [InlineData("08:00-12:00, 13:00-16:00, 16:00-18:00 reduced", 0, -3, "08:00-12:00, 13:00-15:00")]
    [InlineData("08:00-12:00, 13:00-16:00, 16:00-18:00 reduced", 5.5, -2.5, "13:30-15:30")]
    [InlineData("08:00-12:00, 13:00-16:00", 5, -3, "")]
    [InlineData("08:00-12:00, 13:00-23:00", -9, 3, "00:00-12:00, 13:00-24:00")]
    public void Moved_hours_are_those_within_the_new_beginning_and_end(string day, double begin, double end, string moved)
    {
        TypedDay.TryRead(day, new Reader(Language.All["en"], Seasons.Site, default), out var plan).ShouldBeTrue();
        var zone = Seasons.Site.Zones[0];
        var site = Seasons.Site with { Zones = [zone with { Programme = zone.Programme with { Days = [.. Enumerable.Repeat(plan, 7)] } }] };
        var changed = new Question([new HoursChange([], TimeSpan.FromHours(begin), TimeSpan.FromHours(end))]).Applied(site);
        DayText.Of(changed.Zones[0].Programme.On(DayOfWeek.Monday)).ShouldBe(moved);
    }

    private static Site Edited(Question question, DocumentText file, Site site)
    {
        SiteEdits.Apply(file, QuestionEdits.Of(question, site)).TryGet(out var text).ShouldBeTrue();
        text.ShouldNotBeNull().Text.ShouldNotBe(file.Text);
        SchoolFiles.Parse(text.Text).TryGet(out var came).ShouldBeTrue();
        return came.ShouldNotBeNull();
    }
}
