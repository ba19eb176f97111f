using System.ComponentModel;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Texts;
using EnergyPilot.Gateway.Web.Alarms;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EnergyPilot.Gateway.Web.Api;

/// <summary>What is wrong, and was; and that somebody has seen it.</summary>
internal static class AlarmsApi
{
    private const int UsualDays = 30;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/alarms", Alarms).WithName("Alarms").WithSummary("Alarms that lasted in a time, newest first; of the last 30 days when none is named");
        api.MapPost("/alarms/{id:long}/acknowledge", Acknowledge).Needs(Role.Staff).WithName("AcknowledgeAlarm").WithSummary("Somebody has seen an alarm and says so, with a note");
    }

    private static Results<Ok<AlarmAnswer[]>, BadParameter> Alarms(
        Visit visit, PageDesk desk, [Description("Since when; usually 30 days before the end")] DateTimeOffset? from = null, [Description("Until when; usually now")] DateTimeOffset? to = null,
        [Description("Only of this zone, device or plant")] string subject = "", [Description("Only those that last, whenever they began")] bool open = false)
    {
        if (!AskedTime.TryRead(from, to, visit.Reader.Now.AddMilliseconds(1), UsualDays, out var time, out var wrong)) return wrong;
        var found = open ? desk.OpenAlarms().Where(e => subject.Length == 0 || e.Alarm.Subject == subject) : desk.Alarms(time.From, time.To, subject);
        return TypedResults.Ok<AlarmAnswer[]>([.. found.Select(e => AlarmAnswer.Of(e, visit))]);
    }

    private static Results<Ok<AlarmAnswer>, NothingFound, NotNow, AgainstRules> Acknowledge([Description("The number of the alarm")] long id, AlarmNote seen, Visit visit, PageDesk desk, LiveFrames frames)
    {
        var note = (seen.Note ?? "").Trim();
        if (note.Length > AlarmPage.LongestNote) return new AgainstRules($"note: found {note.Length} characters, allowed is at most {AlarmPage.LongestNote}.");
        if (desk.Alarm(id) is null) return new NothingFound("alarm", $"{id}");
        if (!desk.Acknowledge(id, note, visit.Visitor)) return new NotNow("Somebody has seen this alarm already.");
        frames.Renew();
        return desk.Alarm(id) is { } entry ? TypedResults.Ok(AlarmAnswer.Of(entry, visit)) : new NothingFound("alarm", $"{id}");
    }
}

/// <summary>What somebody says who has seen an alarm.</summary>
internal sealed record AlarmNote(string? Note = null);

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
