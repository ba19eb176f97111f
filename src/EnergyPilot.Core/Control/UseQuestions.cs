using System.Collections.Immutable;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Core.Control;

/// <summary>Makes questions to staff of the stays that are remembered, as long as nobody has answered them.</summary>
public static class UseQuestions
{
    /// <summary>A question that nobody has answered for so long goes; when it happens again it is asked again.</summary>
    public static readonly TimeSpan Expires = TimeSpan.FromDays(7);

    /// <summary>For so long a no holds.</summary>
    public static readonly TimeSpan NoHolds = TimeSpan.FromDays(28);

    // More questions about one room are not read.
    private const int Most = 3;

    // Whoever fetches a book is no use.
    private static readonly TimeSpan Brief = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15), Shortest = TimeSpan.FromHours(1), Day = TimeSpan.FromDays(1);

    /// <summary>The open questions about a zone, newest first.</summary>
    public static ImmutableArray<UseQuestion> Of(Site site, Zone zone, ImmutableArray<Stay> stays, DateTimeOffset at, ImmutableArray<UseAnswer> answers)
    {
        if (stays.IsDefaultOrEmpty) return [];
        UseQuestion[] all = [.. stays.Where(s => s.From <= s.Until && s.Until - s.From >= Brief && s.Until <= at && at - s.Until <= Stays.Remembered).OrderByDescending(s => s.From).Select(s => Single(site, zone, s, at))];
        var open = ImmutableArray.CreateBuilder<UseQuestion>();
        foreach (var question in all)
        {
            if (open.Count == Most || at - question.Seen > Expires) break;
            if (!open.Any(q => q.IsLike(question.Day, question.Hours)) && !answers.Any(a => Settles(a, question, at))) open.Add(Together(question, all));
        }

        return open.ToImmutable();
    }

    private static UseQuestion Single(Site site, Zone zone, Stay stay, DateTimeOffset at)
    {
        var (from, last) = (site.Local(stay.From), site.Local(stay.Until));
        // Whoever is still there will stay a while.
        if (at - stay.Until < Stays.LongestBreak) last = site.Local(at) + Shortest;
        var begin = Down(from.TimeOfDay);
        var end = Up(last - from.Date);
        if (end < begin + Shortest) end = begin + Shortest;
        if (end > Day) end = Day;
        return new UseQuestion(zone.Id, stay.From, stay.Until, DateOnly.FromDateTime(from), new Interval(begin, end, Mode.Comfort), 1);
    }

    private static UseQuestion Together(UseQuestion question, UseQuestion[] all)
    {
        UseQuestion[] alike = [.. all.Where(q => q.IsLike(question.Day, question.Hours))];
        return question with
        {
            Hours = new Interval(alike.Min(q => q.Hours.From), alike.Max(q => q.Hours.To), Mode.Comfort),
            Times = alike.Select(q => q.Day).Distinct().Count(),
        };
    }

    private static bool Settles(UseAnswer answer, UseQuestion question, DateTimeOffset at)
    {
        if (answer.Zone != question.Zone || !UseQuestion.Overlaps(answer.Hours, question.Hours)) return false;

        // Who cleans every evening is no use, whatever the day; every other answer is about stays that there had been.
        return answer.Reply == UseReply.No
            ? question.Since <= answer.At || at - answer.At <= NoHolds
            : question.Day.DayOfWeek == answer.Day.DayOfWeek && question.Since <= answer.At;
    }

    private static TimeSpan Down(TimeSpan time) => new(time.Ticks - time.Ticks % Quarter.Ticks);

    private static TimeSpan Up(TimeSpan time) => Down(time + Quarter - TimeSpan.FromTicks(1));
}
