using System.ComponentModel;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Texts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EnergyPilot.Gateway.Web.Api;

/// <summary>
/// The zones as they are now, and the uses that staff added, for programs: times in UTC, hours on the school's clocks, units in the names, null where
/// nothing is known. Sentences are in the language that the request asks for. Anybody may look; taking a use away is for staff.
/// </summary>
internal static class ZonesApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/zones", Zones).WithName("Zones").WithSummary("Every zone as it is now");
        api.MapGet("/uses", Uses).WithName("Uses").WithSummary("What staff added to the programme");
        api.MapDelete("/uses/{id:long}", Remove).Needs(Role.Staff).WithName("RemoveUse").WithSummary("Takes away a use that staff added");
    }

    private static ZoneAnswer[] Zones(Visit visit) => visit.School is { } school ? [.. school.Zones.Select(z => ZoneAnswer.Of(z, visit.Reader))] : [];

    private static UseAnswerRow[] Uses(PageDesk desk) => [.. desk.Uses().Select(UseAnswerRow.Of)];

    private static Results<NoContent, NothingFound> Remove([Description("The number of the use")] long id, Visit visit, PageDesk desk) =>
        desk.RemoveUse(id, visit.User) ? TypedResults.NoContent() : new NothingFound("added use", $"{id}");
}

/// <summary>A zone as it is now; nulls for what has no sensor or valve of its own, or none that answers.</summary>
/// <param name="State">How it is doing, in a word.</param>
/// <param name="Sensor">Whether its temperature can be trusted: Ok, or why not.</param>
/// <param name="Valve">What its valves or thermostats do, in words.</param>
internal sealed record ZoneAnswer(
    string Zone, string Name, string State, double? RoomC, string Sensor, double TargetC, string Mode, DateTimeOffset? NextChange, double HeatShare, string Reason, string WhyTarget, string WhyHeat,
    string? Valve, string? WhyValve, bool? Presence, bool? WindowOpen, double? Co2Ppm, AirAnswer? Air, QuestionAnswer[] Questions)
{
    public static ZoneAnswer Of(ZoneView zone, Reader reader) => new(
        zone.Zone.Id.Name, zone.Zone.Name, zone.State.ToString(), SchoolAnswer.Value(zone.Demand.Room), zone.Demand.Room.Reliability.ToString(), zone.Target.Setpoint.Degrees,
        zone.Target.Mode.ToString(), LearningApi.Known(zone.Target.NextChange), zone.Demand.Heat.Value,
        zone.Target.Reason.Code.ToString(), reader.Sentence(zone.Target.Reason), reader.Sentence(zone.Demand.Reason),
        zone.Valves.IsEmpty ? null : Zones.ValveWords.Of(zone.Zone, zone.Valves, reader), zone.Valves is [var valve, ..] ? reader.Sentence(valve.Reason) : null,
        IsOn(zone.Presence), IsOn(zone.Window), SchoolAnswer.Value(zone.Co2),
        zone.Told is [var air] ? AirAnswer.Of(air, reader) : null, [.. zone.Questions.Select(q => QuestionAnswer.Of(q, reader))]);

    private static bool? IsOn(Contact contact) => contact == Contact.Unknown ? null : contact == Contact.On;
}

/// <summary>What people in a zone are told about its air; null for the zone while nobody is there.</summary>
internal sealed record AirAnswer(string Light, double? Co2Ppm, double? AirForMinutes, DateTimeOffset? AiringSince, AdviceAnswer[] Advice)
{
    public static AirAnswer Of(ZoneAir air, Reader reader) => new(
        air.Light.ToString(), LearningApi.Known(Math.Round(air.Co2Ppm)), air.Needed > TimeSpan.Zero ? air.Needed.TotalMinutes : null, LearningApi.Known(air.AiringSince),
        [.. air.Advice.Select(a => new AdviceAnswer(a.Code.ToString(), reader.Sentence(a)))]);
}

/// <summary>One piece of advice.</summary>
internal sealed record AdviceAnswer(string Code, string Sentence);

/// <summary>A question to staff: the hours that are proposed, on the school's clocks.</summary>
internal sealed record QuestionAnswer(DateTimeOffset Since, DateTimeOffset Seen, DateOnly Day, string From, string To, int Times, string Sentence)
{
    public static QuestionAnswer Of(UseQuestion question, Reader reader) => new(
        question.Since.ToUniversalTime(), question.Seen.ToUniversalTime(), question.Day, Reader.TimeOfDay(question.Hours.From), Reader.TimeOfDay(question.Hours.To), question.Times,
        reader.Sentence(Parts.ZoneQuestions.Asked(question)));
}

/// <summary>A use that staff added.</summary>
/// <param name="Kind">What it is: on a closed day nobody comes, whatever its hours.</param>
internal sealed record UseAnswerRow(long Id, string Kind, string[] Zones, bool Weekly, DateOnly First, DateOnly Last, string From, string To, string AddedBy, DateTimeOffset AddedAt)
{
    public static UseAnswerRow Of(AddedUse use)
    {
        var (occasion, hours) = (use.Occasion, use.Occasion.Hours is [var first, ..] ? first : new Interval(TimeSpan.Zero, TimeSpan.FromDays(1), Mode.Comfort));
        return new(
            use.Id, occasion.Kind.ToString(), [.. occasion.Zones.Select(z => z.Name)], occasion.Rhythm == Rhythm.EveryWeek, occasion.First, occasion.Last,
            Reader.TimeOfDay(hours.From), Reader.TimeOfDay(hours.To), use.Owner, use.At);
    }
}
