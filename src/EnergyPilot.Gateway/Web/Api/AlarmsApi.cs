using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Texts;
using EnergyPilot.Gateway.Web.Alarms;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EnergyPilot.Gateway.Web.Api;

/// <summary>What is wrong, and was; and that somebody has seen it.</summary>
internal static class AlarmsApi
{
    private const int UsualDays = 30, LongestDays = 400;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/alarms", Alarms).WithName("Alarms").WithSummary("Alarms that lasted in a time, newest first; of the last 30 days when none is named");
        api.MapPost("/alarms/{id:long}/acknowledge", Acknowledge).Needs(Role.Staff).WithName("AcknowledgeAlarm").WithSummary("Somebody has seen an alarm and says so, with a note");
    }

    private static Results<Ok<AlarmAnswer[]>, BadRequest> Alarms(Visit visit, PageDesk desk, DateTimeOffset? from = null, DateTimeOffset? to = null, string subject = "", bool open = false)
    {
        var last = to ?? visit.Reader.Now.AddMilliseconds(1);
        var first = from ?? last.AddDays(-UsualDays);
        if (first > last || last - first > TimeSpan.FromDays(LongestDays)) return TypedResults.BadRequest();
        var found = open ? desk.OpenAlarms().Where(e => subject.Length == 0 || e.Alarm.Subject == subject) : desk.Alarms(first, last, subject);
        return TypedResults.Ok<AlarmAnswer[]>([.. found.Select(e => AlarmAnswer.Of(e, visit))]);
    }

    private static Results<Ok<AlarmAnswer>, NotFound, Conflict, ProblemHttpResult> Acknowledge(long id, AlarmNote seen, Visit visit, PageDesk desk, LiveFrames frames)
    {
        var note = (seen.Note ?? "").Trim();
        if (note.Length > AlarmPage.LongestNote) return TypedResults.Problem($"The note is longer than {AlarmPage.LongestNote} characters.", statusCode: StatusCodes.Status422UnprocessableEntity);
        if (desk.Alarm(id) is null) return TypedResults.NotFound();
        if (!desk.Acknowledge(id, note, visit.Visitor)) return TypedResults.Conflict();
        frames.Renew();
        return desk.Alarm(id) is { } entry ? TypedResults.Ok(AlarmAnswer.Of(entry, visit)) : TypedResults.NotFound();
    }
}

/// <summary>What somebody says who has seen an alarm.</summary>
internal sealed record AlarmNote(string? Note);

/// <summary>An alarm with its life; nulls for what has not happened yet.</summary>
internal sealed record AlarmAnswer(
    long Id, string Subject, string Name, string Severity, string Code, string Sentence, DateTimeOffset Since, DateTimeOffset? Ended, DateTimeOffset? AcknowledgedAt, string? AcknowledgedBy, string? Note)
{
    public static AlarmAnswer Of(AlarmEntry entry, Visit visit)
    {
        var (alarm, seen) = (entry.Alarm, entry.Acknowledgement);
        return new(
            entry.Id, alarm.Subject, Names.Of(visit.Site, alarm.Subject), alarm.Severity.ToString(), alarm.Reason.Code.ToString(), visit.Reader.Sentence(alarm.Reason),
            alarm.Since.ToUniversalTime(), LearningApi.Known(entry.Ended), LearningApi.Known(seen.At), entry.IsAcknowledged ? seen.By : null, entry.IsAcknowledged ? seen.Note : null);
    }
}
