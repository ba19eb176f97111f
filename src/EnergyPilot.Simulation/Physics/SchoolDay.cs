namespace EnergyPilot.Simulation.Physics;

/// <summary>One local day of all zones, minute by minute, in memory that is written anew for each day.</summary>
internal sealed class SchoolDay(PupilPlanParameters parameters)
{
    private const int MinutesPerDay = 24 * 60;

    // Primary schools have one break in each half-day; a period of at least this length contains one.
    private const int LongPeriodMinutes = 150;
    private const int BreakMinutes = 15;

    // Whoever opens the school closes what stayed tilted.
    private const int MorningRound = 7 * 60 + 30;

    private const double LeastAiringPerHour = 2.0;
    private const double MostAiringPerHour = 6.0;
    private const double LeastAiringMinutes = 5.0;
    private const double MostAiringMinutes = 15.0;
    private const double LeastForgottenMinutes = 60.0;
    private const double MostForgottenMinutes = 240.0;

    // Attendance varies by ±8 % around the mean that the timetable states.
    private const double AttendanceSpread = 0.08;

    // Arrays, because a step must not allocate and interface enumerators do.
    private readonly UsePeriod[][] timetables = [.. parameters.Timetables.Select(timetable => timetable.ToArray())];
    private readonly ClosedDays[] closedDays = [.. parameters.Closed];
    private readonly int zones = parameters.Timetables.Count;
    private readonly ZoneUse[] uses = new ZoneUse[parameters.Timetables.Count * MinutesPerDay];

    public ReadOnlySpan<ZoneUse> At(int minuteOfDay) => uses.AsSpan(minuteOfDay * zones, zones);

    public void Plan(DateOnly date)
    {
        Array.Clear(uses);
        for (var zone = 0; zone < zones; zone++)
        {
            PlanNightBefore(date, zone);
            if (!IsClosed(date))
                PlanPeriods(date, zone);
        }
    }

    private void PlanNightBefore(DateOnly date, int zone)
    {
        if (date > DateOnly.MinValue && LastMinute(date.AddDays(-1), zone) > 0 && StaysTilted(date.AddDays(-1), zone))
            Open(zone, 0, MorningRound, parameters.TiltedPerHour);
    }

    private void PlanPeriods(DateOnly date, int zone)
    {
        var timetable = timetables[zone];
        for (var index = 0; index < timetable.Length; index++)
            if (timetable[index].Day == date.DayOfWeek)
                PlanPeriod(new Draw(parameters.Seed, date.DayNumber, zone, Cause.Absence, index), timetable[index]);
        var last = LastMinute(date, zone);
        if (last > 0 && StaysTilted(date, zone))
            Open(zone, last, MinutesPerDay, parameters.TiltedPerHour);
    }

    private void PlanPeriod(Draw draw, UsePeriod period)
    {
        if (period.Activity == Activity.Lesson && Chance.Uniform(draw) < parameters.AbsenceProbability)
            return;
        var (from, to) = (MinuteOf(period.From), MinuteOf(period.To));
        Occupy(draw, period, from, to);
        if (period.Activity == Activity.Lesson && to - from >= LongPeriodMinutes)
        {
            var pause = (from + to - BreakMinutes) / 2;
            Leave(draw.Zone, pause, pause + BreakMinutes);
            AirPerhaps(draw with { Index = 2 * draw.Index }, pause);
        }
        AirPerhaps(draw with { Index = 2 * draw.Index + 1 }, to);
    }

    private void Occupy(Draw draw, UsePeriod period, int from, int to)
    {
        var share = 1.0 + AttendanceSpread * (2.0 * Chance.Uniform(draw with { Cause = Cause.Attendance }) - 1.0);
        var use = new ZoneUse { Pupils = (float)Math.Round(period.Pupils * share), Adults = period.Adults, Lights = 1f };
        for (var minute = from; minute < to; minute++)
            uses[minute * zones + draw.Zone] = use with { AirChangesPerHour = uses[minute * zones + draw.Zone].AirChangesPerHour };
    }

    private void Leave(int zone, int from, int to)
    {
        for (var minute = from; minute < to; minute++)
            uses[minute * zones + zone] = uses[minute * zones + zone] with { Pupils = 0f, Adults = 0f };
    }

    private void AirPerhaps(Draw draw, int from)
    {
        if (Chance.Uniform(draw with { Cause = Cause.Airing }) >= parameters.AiringProbability)
            return;
        var isForgotten = Chance.Uniform(draw with { Cause = Cause.Forgotten }) < parameters.ForgottenProbability;
        var minutes = isForgotten
            ? Between(LeastForgottenMinutes, MostForgottenMinutes, draw with { Cause = Cause.ForgottenLength })
            : Between(LeastAiringMinutes, MostAiringMinutes, draw with { Cause = Cause.AiringLength });
        Open(draw.Zone, from, from + (int)minutes, Between(LeastAiringPerHour, MostAiringPerHour, draw with { Cause = Cause.AiringStrength }));
    }

    /// <summary>Of two reasons to have a window open, the wider opening counts.</summary>
    private void Open(int zone, int from, int to, double airChangesPerHour)
    {
        for (var minute = from; minute < Math.Min(to, MinutesPerDay); minute++)
        {
            ref var use = ref uses[minute * zones + zone];
            use = use with { AirChangesPerHour = Math.Max(use.AirChangesPerHour, (float)airChangesPerHour) };
        }
    }

    private bool StaysTilted(DateOnly date, int zone) =>
        Chance.Uniform(new Draw(parameters.Seed, date.DayNumber, zone, Cause.TiltedNight)) < parameters.TiltedNightProbability;

    /// <summary>When the last use of the day ends; 0 on a day without use.</summary>
    private int LastMinute(DateOnly date, int zone)
    {
        var last = 0;
        if (IsClosed(date))
            return last;
        foreach (var period in timetables[zone])
            if (period.Day == date.DayOfWeek)
                last = Math.Max(last, MinuteOf(period.To));
        return last;
    }

    private bool IsClosed(DateOnly date)
    {
        foreach (var closed in closedDays)
            if (closed.First <= date && date <= closed.Last)
                return true;
        return false;
    }

    private static double Between(double least, double most, in Draw draw) => least + (most - least) * Chance.Uniform(draw);

    private static int MinuteOf(TimeOnly time) => time.Hour * 60 + time.Minute;
}
