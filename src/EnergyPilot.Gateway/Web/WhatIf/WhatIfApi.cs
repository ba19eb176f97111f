using System.Collections.Immutable;
using System.ComponentModel;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Core.WhatIf;
using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Texts;
using EnergyPilot.Gateway.Web.Api;
using EnergyPilot.Gateway.WhatIf;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EnergyPilot.Gateway.Web.WhatIf;

/// <summary>Questions for programs: asked with a POST, answered some seconds later under their number; the last few are kept.</summary>
internal static class WhatIfApi
{
    private const int MostChanges = 8, MostZones = 200;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/what-if", All).Needs(Storage.Role.Staff).WithName("WhatIfQuestions").WithSummary("The last questions, newest first");
        api.MapGet("/what-if/{id:long}", One).Needs(Storage.Role.Staff).WithName("WhatIfAnswer").WithSummary("A question and, once it is worked out, its answer");
        api.MapPost("/what-if", Ask).Needs(Storage.Role.Staff).WithName("AskWhatIf").WithSummary("Asks what a season would need if something were different; one question at a time");
        api.MapDelete("/what-if/{id:long}", Stop).Needs(Storage.Role.Staff).WithName("StopWhatIf").WithSummary("Lets go of a question that is being worked out");
        api.MapGet("/what-if/{id:long}/preview", Preview).Needs(Storage.Role.Staff).WithName("PreviewWhatIf").WithSummary("What the site file would become if a question that is answered came true");
        api.MapPost("/what-if/{id:long}/apply", Apply).Needs(Storage.Role.Staff).WithName("ApplyWhatIf").WithSummary("Does it this way: a question that is answered becomes a version of the site, based on the one that was looked at");
    }

    private static AskedAnswer[] All(WhatIfDesk desk, Visit visit) => [.. desk.All.Select(a => AskedAnswer.Of(a, visit.Reader))];

    private static Results<Ok<AskedAnswer>, NothingFound> One([Description("The number of the question")] long id, WhatIfDesk desk, Visit visit) => desk.Find(id) is { } asked ? TypedResults.Ok(AskedAnswer.Of(asked, visit.Reader)) : Unknown(id);

    private static Results<Accepted<AskedAnswer>, BadParameter, NotNow> Ask(QuestionAsked body, WhatIfDesk desk, Visit visit)
    {
        if (body.Changes is not { Length: > 0 and <= MostChanges } changes || changes.Any(c => c is null || c.Zones?.Length > MostZones)) return new BadParameter("changes", $"{body.Changes?.Length ?? 0} of them", $"1 to {MostChanges}, none of them null, each with at most {MostZones} zones");
        if (changes.FirstOrDefault(c => c.Read() is null) is { } unread) return new BadParameter("changes", $"a change of kind {unread.Kind} without what it needs", "comfort, reduced and absence with temperatureC, start with time, closed with first, last and temperatureC, hours with beginMinutes or endMinutes");
        var question = new Question([.. changes.Select(c => c.Read()).OfType<Alteration>()]);
        if (question.Fault(visit.Site) is { } fault) return new BadParameter("changes", visit.Reader.Say(QuestionForm.PhraseOf(fault)), "what the school's own settings could be");
        return desk.Ask(question, visit.User) is { } asked
            ? TypedResults.Accepted($"{ApiRoutes.Root}/what-if/{asked.Id}", AskedAnswer.Of(asked, visit.Reader))
            : new NotNow(visit.Reader.Say(Phrase.WhatIfBusy, Fact.Of("who", desk.Working?.Who ?? "")));
    }

    private static Results<NoContent, NothingFound> Stop([Description("The number of the question")] long id, WhatIfDesk desk)
    {
        if (desk.Find(id) is null) return Unknown(id);
        desk.Stop(id);
        return TypedResults.NoContent();
    }

    private static Results<Ok<SitePreviewAnswer>, NothingFound, NotNow> Preview([Description("The number of the question")] long id, WhatIfDesk desk, Visit visit)
    {
        if (desk.Find(id) is not { } asked) return Unknown(id);
        return asked.Answer is null ? Unanswered : TypedResults.Ok(SitePreviewAnswer.Of(desk.Preview(asked.Question), visit.Reader));
    }

    private static Results<Ok<SiteChangeAnswer>, Accepted<SiteChangeAnswer>, NothingFound, NotNow, Results<NotNow, AgainstRules, NotAllowed, NotKept>> Apply(
        [Description("The number of the question")] long id, QuestionApplied seen, WhatIfDesk desk, Visit visit)
    {
        if (desk.Find(id) is not { } asked) return Unknown(id);
        if (asked.Answer is null) return Unanswered;
        var change = desk.Apply(asked.Question, seen.BasedOn, visit.Visitor);
        if (!change.IsDone) return SiteRefusal.Answer(change, visit.Reader);
        var answer = SiteChangeAnswer.Of(change, visit.Reader);
        return change.State == SiteChangeState.BeginsAnew ? TypedResults.Accepted(SiteChangeAnswer.Watch, answer) : TypedResults.Ok(answer);
    }

    private static NotNow Unanswered => new("The question has no answer: there is nothing that could be done this way.");

    private static NothingFound Unknown(long id) => new("question that is kept", $"{id}");
}

/// <summary>A question as a program asks it.</summary>
internal sealed record QuestionAsked(ChangeAsked[] Changes);

/// <summary>The version of the site on which somebody looked at what would change.</summary>
internal sealed record QuestionApplied(long BasedOn);

/// <summary>One change; which of the rest it needs follows from the kind: comfort, reduced, absence, start, closed, hours.</summary>
internal sealed record ChangeAsked(
    string Kind, string[]? Zones = null, double? TemperatureC = null, TimeOnly? Time = null, DateOnly? First = null, DateOnly? Last = null, int? BeginMinutes = null, int? EndMinutes = null)
{
    public static ChangeAsked Of(Alteration change)
    {
        string[] zones = [.. change.Zones.Select(z => z.Name)];
        return change switch
        {
            SetpointChange set => new(set.Kind.ToString(), zones, set.Setpoint.Degrees),
            StartChange start => new(nameof(QuestionKind.Start), zones, Time: TimeOnly.FromTimeSpan(start.Earliest)),
            ClosedDaysChange days => new(nameof(QuestionKind.Closed), zones, days.Setpoint.Degrees, First: days.First, Last: days.Last),
            HoursChange hours => new(nameof(QuestionKind.Hours), zones, BeginMinutes: (int)hours.Begin.TotalMinutes, EndMinutes: (int)hours.End.TotalMinutes),
            _ => throw new InvalidOperationException($"Questions do not change {change.GetType().Name}."),
        };
    }

    /// <summary>Null when something is missing.</summary>
    public Alteration? Read()
    {
        ImmutableArray<ZoneId> zones = [.. (Zones ?? []).Distinct().Select(z => new ZoneId(z ?? ""))];
        return (Enum.TryParse<QuestionKind>(Kind, true, out var kind) && Enum.IsDefined(kind) ? kind : (QuestionKind?)null) switch
        {
            QuestionKind.Comfort when TemperatureC is { } t => new SetpointChange(zones, SetpointKind.Comfort, new Celsius(t)),
            QuestionKind.Reduced when TemperatureC is { } t => new SetpointChange(zones, SetpointKind.Reduced, new Celsius(t)),
            QuestionKind.Absence when TemperatureC is { } t => new SetpointChange(zones, SetpointKind.Absence, new Celsius(t)),
            QuestionKind.Start when Time is { } time => new StartChange(zones, time.ToTimeSpan()),
            QuestionKind.Closed when First is { } first && Last is { } last && TemperatureC is { } t => new ClosedDaysChange(zones, first, last, new Celsius(t)),
            QuestionKind.Hours when BeginMinutes is not null || EndMinutes is not null => new HoursChange(zones, TimeSpan.FromMinutes(BeginMinutes ?? 0), TimeSpan.FromMinutes(EndMinutes ?? 0)),
            _ => null,
        };
    }
}

/// <summary>A question and how far it has come.</summary>
internal sealed record AskedAnswer(long Id, string Question, ChangeAsked[] Changes, string AskedBy, DateTimeOffset At, string State, double DoneShare, double? TookSeconds, VerdictAnswer? Answer)
{
    public static AskedAnswer Of(Asked asked, Reader reader) => new(
        asked.Id, QuestionWords.Of(asked.Question, asked.Site, reader), [.. asked.Question.Changes.Select(ChangeAsked.Of)], asked.Who, asked.At.ToUniversalTime(), asked.State.ToString(), Math.Round(asked.Done, 2),
        asked.State == AskState.Working ? null : Math.Round(asked.Took.TotalSeconds, 2), asked.Answer is { } answer ? VerdictAnswer.Of(answer, reader) : null);
}

/// <summary>The answer: saved is now less then, for a season from October to April.</summary>
internal sealed record VerdictAnswer(
    string Outcome, string Sentence, AmountsAnswer Now, AmountsAnswer Then, AmountsAnswer Saved, string Metered, double Factor, double LearnedDays, int MeasuredDays, int TypicalDays,
    string[] LegalWarnings, ZoneOutcomeAnswer[] Zones)
{
    public static VerdictAnswer Of(Answer answer, Reader reader) => new(
        answer.Outcome.ToString(), QuestionWords.Sentence(answer, reader), AmountsAnswer.Of(answer.Before), AmountsAnswer.Of(answer.After), AmountsAnswer.Of(answer.Saved),
        answer.Metered.ToString(), Math.Round(answer.Factor, 3), Math.Round(answer.LearnedDays, 1), answer.MeasuredDays, answer.TypicalDays,
        [.. answer.Warnings.Select(w => w.ToString())], [.. answer.Zones.Select(ZoneOutcomeAnswer.Of)]);
}

/// <summary>What a season needs and how it feels.</summary>
internal sealed record AmountsAnswer(LikelyAnswer HeatKwh, LikelyAnswer EnergyKwh, LikelyAnswer Euro, LikelyAnswer Co2Kg, LikelyAnswer ColdHours, LikelyAnswer ColdKelvinHours, LikelyAnswer LateMornings)
{
    public static AmountsAnswer Of(Amounts a) => new(
        LikelyAnswer.Of(a.HeatKwh), LikelyAnswer.Of(a.EnergyKwh), LikelyAnswer.Of(a.Euro), LikelyAnswer.Of(a.Co2Kg), LikelyAnswer.Of(a.ColdHours), LikelyAnswer.Of(a.ColdKelvinHours),
        LikelyAnswer.Of(a.LateMornings));
}

/// <summary>The most probable value, and between what it lies in eight of ten cases.</summary>
internal sealed record LikelyAnswer(double? Middle, double? Low, double? High)
{
    public static LikelyAnswer Of(Likely value) => new(LearningApi.Known(value.Middle), LearningApi.Known(value.Low), LearningApi.Known(value.High));
}

/// <summary>A zone's part.</summary>
internal sealed record ZoneOutcomeAnswer(string Zone, double HeatNowKwh, double HeatThenKwh, double ColdHoursNow, double ColdHoursThen, double LearnedDays)
{
    public static ZoneOutcomeAnswer Of(ZoneOutcome z) => new(
        z.Zone.Name, Math.Round(z.HeatBeforeKwh, 1), Math.Round(z.HeatAfterKwh, 1), Math.Round(z.ColdHoursBefore, 1), Math.Round(z.ColdHoursAfter, 1), Math.Round(z.LearnedDays, 1));
}
