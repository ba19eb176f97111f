using EnergyPilot.Simulation.Physics;

namespace EnergyPilot.Tests.Simulation.Physics;

public sealed class PupilPlanTests
{
    private const int Classroom = 0;
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    [Fact]
    public void Class_sits_in_its_lessons_and_leaves_for_breaks_lunch_and_night()
    {
        var plan = new PupilPlan(StudySchool.People() with { AbsenceProbability = 0.0 });
        int[] present = [.. new[] { "08:29", "08:30", "10:06", "10:07", "10:21", "10:22", "12:00", "13:30", "16:30" }.Select(time => People(plan, new(2026, 1, 12), time) > 0 ? 1 : 0)];
        present.ShouldBe([0, 1, 1, 0, 0, 1, 0, 1, 0]);
    }

    [Theory]
    [InlineData(2026, 1, 14, "13:45")] // Wednesday afternoon
    [InlineData(2026, 1, 17, "09:00")] // Saturday
    [InlineData(2026, 2, 16, "09:00")] // winter holidays
    public void Nobody_comes_when_there_is_no_school(int year, int month, int day, string time) =>
        People(new PupilPlan(StudySchool.People()), new(year, month, day), time).ShouldBe(0);

    [Theory]
    [InlineData(2025, 10, 13)] // summer time
    [InlineData(2025, 11, 3)] // winter time
    public void Lessons_begin_at_half_past_eight_of_the_local_clock(int year, int month, int day)
    {
        var plan = new PupilPlan(StudySchool.People() with { AbsenceProbability = 0.0 });
        People(plan, new(year, month, day), "08:29").ShouldBe(0);
        People(plan, new(year, month, day), "08:30").ShouldBeGreaterThan(20);
    }

    [Fact]
    public void Seven_lessons_in_a_hundred_are_called_off()
    {
        var plan = new PupilPlan(Daily());
        var missing = Enumerable.Range(0, 4000).Count(day => People(plan, new DateOnly(2020, 1, 1).AddDays(day), "09:00") == 0);
        (missing / 4000.0).ShouldBe(0.07, 0.015);
    }

    [Fact]
    public void A_window_stays_tilted_all_night_after_eight_days_in_a_thousand()
    {
        var plan = new PupilPlan(Daily());
        var tilted = Enumerable.Range(0, 8000).Count(day => At(plan, new DateOnly(2010, 1, 1).AddDays(day), "03:00").AirChangesPerHour > 0f);
        (tilted / 8000.0).ShouldBe(0.008, 0.004);
    }

    [Fact]
    public void Window_tilted_in_the_evening_is_closed_by_whoever_opens_the_school()
    {
        var plan = new PupilPlan(Daily() with { AiringProbability = 0.0, TiltedNightProbability = 0.5 });
        for (var day = new DateOnly(2026, 1, 1); day < new DateOnly(2026, 3, 1); day = day.AddDays(1))
        {
            var evening = At(plan, day, "23:59").AirChangesPerHour;
            At(plan, day.AddDays(1), "00:00").AirChangesPerHour.ShouldBe(evening);
            At(plan, day.AddDays(1), "07:29").AirChangesPerHour.ShouldBe(evening);
            At(plan, day.AddDays(1), "07:30").AirChangesPerHour.ShouldBe(0f);
        }
    }

    [Fact]
    public void Airing_is_between_two_and_six_air_changes_and_some_windows_are_forgotten()
    {
        var plan = new PupilPlan(Daily() with { TiltedNightProbability = 0.0 });
        var (aired, forgotten) = (0, 0);
        for (var day = 0; day < 4000; day++)
        {
            var isOpenSinceBreak = At(plan, new DateOnly(2020, 1, 1).AddDays(day), "11:59").AirChangesPerHour > 0f;
            var atEnd = At(plan, new DateOnly(2020, 1, 1).AddDays(day), "12:02").AirChangesPerHour;
            if (isOpenSinceBreak || atEnd <= 0f)
                continue;
            atEnd.ShouldBeInRange(2f, 6f);
            aired++;
            forgotten += At(plan, new DateOnly(2020, 1, 1).AddDays(day), "12:45").AirChangesPerHour > 0f ? 1 : 0;
        }
        // Days with a window open since the break do not count; they are those of a forgotten one that lasts until noon.
        var countedShare = 0.93 * (1.0 - 0.7 * 0.06 * 0.7);
        (aired / 4000.0).ShouldBe(0.7 * countedShare, 0.04);
        (forgotten / (double)aired).ShouldBe(0.06, 0.02);
    }

    [Fact]
    public void Attendance_varies_around_the_timetable()
    {
        var plan = new PupilPlan(Daily() with { AbsenceProbability = 0.0 });
        var counts = Enumerable.Range(0, 1000).Select(day => At(plan, new DateOnly(2020, 1, 1).AddDays(day), "09:00").Pupils).ToArray();
        counts.Average().ShouldBe(24f, 0.15f);
        counts.Distinct().Count().ShouldBeGreaterThan(3);
    }

    [Fact]
    public void Motion_is_seen_in_a_third_of_the_minutes_with_people_and_never_without()
    {
        var school = Build.Study(1);
        var (occupied, seen) = (0, 0);
        for (var minute = 0; minute < 5 * 24 * 60; minute++)
        {
            var isOccupied = school.Use[Classroom].People > 0f;
            school.Advance(TimeSpan.FromMinutes(1));
            if (!isOccupied)
                school.PresenceDetected[Classroom].ShouldBeFalse();
            occupied += isOccupied ? 1 : 0;
            seen += school.PresenceDetected[Classroom] ? 1 : 0;
        }
        (seen / (double)occupied).ShouldBe(0.35, 0.04);
    }

    [Fact]
    public void A_day_is_the_same_whatever_days_were_asked_before()
    {
        var (straight, jumping) = (new PupilPlan(StudySchool.People()), new PupilPlan(StudySchool.People()));
        foreach (var day in new[] { 40, 3, 200, 41 })
            At(jumping, new DateOnly(2025, 10, 1).AddDays(day), "10:00");
        var minutes = Enumerable.Range(0, 1440).Select(minute => Build.Monday.AddMinutes(minute)).ToArray();
        minutes.Select(minute => straight.At(minute)[Classroom]).ShouldBe(minutes.Select(minute => jumping.At(minute)[Classroom]));
    }

    private static int People(PupilPlan plan, DateOnly date, string time) => (int)At(plan, date, time).People;

    private static ZoneUse At(PupilPlan plan, DateOnly date, string time)
    {
        var local = date.ToDateTime(TimeOnly.ParseExact(time, "HH:mm", System.Globalization.CultureInfo.InvariantCulture));
        return plan.At(new DateTimeOffset(local, Paris.GetUtcOffset(local)))[Classroom];
    }

    /// <summary>One lesson on every day of the year.</summary>
    private static PupilPlanParameters Daily() => new()
    {
        Timetables = [[.. Enum.GetValues<DayOfWeek>().Select(day => new UsePeriod(day, new(8, 30), new(12, 0), Activity.Lesson, 24, 1))]],
        TimeZone = Paris,
    };
}
