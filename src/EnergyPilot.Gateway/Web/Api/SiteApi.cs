using System.Collections.Immutable;
using System.ComponentModel;
using System.Text.Json.Serialization;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Sites.Editing;
using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Texts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EnergyPilot.Gateway.Web.Api;

/// <summary>
/// The site file and its versions, for programs. A change says on which version it rests; staff change how warm and when, installers everything. An edit names a path as
/// mistakes do ("zones.cp.setpoints.comfort") and keeps comments and layout.
/// </summary>
internal static class SiteApi
{
    // What a change may be refused with, beside what its answer type tells.
    private static readonly object[] Refusals =
        [.. ((int[])[StatusCodes.Status403Forbidden, StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity, StatusCodes.Status503ServiceUnavailable])
            .Select(s => new ProducesResponseTypeMetadata(s, typeof(ProblemDetails), [Problems.ContentType]))];

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/site", Read).Needs(Role.Staff).WithName("Site").WithSummary("The site file as it holds, with its version");
        api.MapGet("/site/versions", Versions).Needs(Role.Staff).WithName("SiteVersions").WithSummary("All versions that are kept, newest first");
        api.MapGet("/site/versions/{number:long}", Version).Needs(Role.Staff).WithName("SiteVersion").WithSummary("The text of one version");
        api.MapPost("/site/preview", Preview).Needs(Role.Staff).WithMetadata(new LongFormAttribute()).WithName("PreviewSite").WithSummary("What would become of the site: mistakes with lines, the difference, and whether it holds at once");
        api.MapPut("/site", Change).Needs(Role.Staff).WithMetadata(new LongFormAttribute()).WithName("ChangeSite").WithSummary("Changes the site, by a whole text or by edits").WithMetadata(Refusals);
        api.MapPost("/site/versions/{number:long}/undo", Undo).Needs(Role.Staff).WithName("UndoSite").WithSummary("Goes back to the text of a version, as a new one").WithMetadata(Refusals);
    }

    private static SiteText Read(SiteDesk desk) => new(desk.Version, desk.Text.Name, desk.Text.Text);

    private static SiteVersionRow[] Versions(SiteDesk desk) => [.. desk.Versions.Select(v => SiteVersionRow.Of(v, desk))];

    private static Results<Ok<SiteText>, NothingFound> Version([Description("The number of the version")] long number, SiteDesk desk) =>
        desk.TextOf(number) is { } text ? TypedResults.Ok(new SiteText(number, text.Name, text.Text)) : new NothingFound("version that is kept", $"{number}");

    private static Results<Ok<SitePreviewAnswer>, BadParameter> Preview(SitePreviewRequest asked, SiteDesk desk, Visit visit) =>
        asked.TryRead(desk, out var text, out var edits) ? TypedResults.Ok(SitePreviewAnswer.Of(text is null ? desk.Preview(edits) : desk.Preview(text), visit.Reader)) : Unclear(asked);

    private static Results<Ok<SiteChangeAnswer>, Accepted<SiteChangeAnswer>, BadParameter, NothingFound, ProblemHttpResult> Change(SiteChangeRequest asked, SiteDesk desk, Visit visit)
    {
        if (!asked.Wish.TryRead(desk, out var text, out var edits)) return Unclear(asked.Wish);
        var note = asked.Note ?? "";
        return Answer(text is null ? desk.Apply(edits, asked.BasedOn, visit.Visitor, note) : desk.Apply(text, asked.BasedOn, visit.Visitor, note), visit.Reader);
    }

    private static Results<Ok<SiteChangeAnswer>, Accepted<SiteChangeAnswer>, BadParameter, NothingFound, ProblemHttpResult> Undo([Description("The number of the version to go back to")] long number, SiteUndoRequest asked, SiteDesk desk, Visit visit) =>
        desk.Undo(number, asked.BasedOn, visit.Visitor, asked.Note ?? "") is { } change ? Answer(change, visit.Reader) : new NothingFound("version that is kept", $"{number}");

    private static Results<Ok<SiteChangeAnswer>, Accepted<SiteChangeAnswer>, BadParameter, NothingFound, ProblemHttpResult> Answer(SiteChange change, Reader reader)
    {
        var answer = SiteChangeAnswer.Of(change, reader);
        return change.State switch
        {
            SiteChangeState.Applied or SiteChangeState.Unchanged => TypedResults.Ok(answer),
            SiteChangeState.BeginsAnew => TypedResults.Accepted(SiteChangeAnswer.Watch, answer),
            _ => TypedResults.Problem(
                SiteRefusal.Detail(change, reader), statusCode: SiteRefusal.Of(change.State).Status,
                extensions: new Dictionary<string, object?> { ["version"] = answer.Version, ["mistakes"] = answer.Preview.Mistakes }),
        };
    }

    private static BadParameter Unclear(SitePreviewRequest asked) => new("edits", asked.Told, "a text, or edits of the kinds set, block and add (path and value) and remove (path)");
}

/// <summary>A text of the site.</summary>
internal sealed record SiteText(long Version, string File, string Text);

/// <summary>A version without its text.</summary>
/// <param name="Holds">Whether it is the one that holds.</param>
/// <param name="HasFailed">Whether the control ended with it before its first cycle.</param>
internal sealed record SiteVersionRow(long Version, DateTimeOffset At, string Who, string From, string Note, bool Holds, bool HasFailed)
{
    public static SiteVersionRow Of(SiteVersion version, SiteDesk desk) =>
        new(version.Number, version.At, version.Who, version.Origin, version.Note, version.Number == desk.Version, desk.Failed.Contains(version.Number));
}

/// <summary>A whole text, or edits; on which version it rests and what is to be said of it.</summary>
internal sealed record SiteChangeRequest(long BasedOn, string? Text = null, SiteEditRequest[]? Edits = null, string? Note = null)
{
    [JsonIgnore]
    public SitePreviewRequest Wish => new(Text, Edits);
}

/// <summary>A whole text, or edits.</summary>
internal sealed record SitePreviewRequest(string? Text = null, SiteEditRequest[]? Edits = null)
{
    /// <summary>What was found, where it cannot be read.</summary>
    [JsonIgnore]
    public string Told => (Text, Edits) switch
    {
        ({ Length: > LongFormAttribute.LongestText }, _) => $"a text of {Text.Length} characters",
        (not null, not null) => "both a text and edits",
        (null, null or []) => "nothing",
        _ => $"{string.Join(", ", Edits?.Where(e => e?.Read() is null).Select(e => e?.Kind ?? "null") ?? [])} without what it needs",
    };

    public bool TryRead(SiteDesk desk, out DocumentText? text, out ImmutableArray<SiteEdit> edits)
    {
        text = Text is { Length: <= LongFormAttribute.LongestText } ? desk.Text with { Text = Text } : null;
        edits = [.. (Edits ?? []).Select(e => e?.Read()).OfType<SiteEdit>()];
        return Text is null ? Edits is { Length: > 0 } && edits.Length == Edits.Length : text is not null && Edits is null;
    }
}

/// <summary>One edit: a value, a block of YAML, one more item of a list, or something that goes.</summary>
/// <param name="Kind">set, block, add or remove.</param>
internal sealed record SiteEditRequest(string Kind, string Path, string? Value = null)
{
    public SiteEdit? Read() => (Kind, Path, Value) switch
    {
        ("set", { } path, { } value) => new SetValue(path, value),
        ("block", { } path, { } yaml) => new SetBlock(path, yaml),
        ("add", { } path, { } yaml) => new AddItem(path, yaml),
        ("remove", { } path, null) => new Remove(path),
        _ => null,
    };
}

/// <summary>Back to an earlier version.</summary>
internal sealed record SiteUndoRequest(long BasedOn, string? Note = null);

/// <summary>What would become of the site.</summary>
/// <param name="Effect">None, Live (from the next cycle on) or Anew (the control begins anew, some seconds).</param>
/// <param name="Scope">Comfort (staff) or Installation.</param>
internal sealed record SitePreviewAnswer(long Version, string Effect, string Scope, FindingRow[] Mistakes, FindingRow[] Warnings, DiffRow[] Diff, DifferenceRow[] Changes)
{
    public static SitePreviewAnswer Of(SitePreview preview, Reader reader) => new(
        preview.BasedOn, preview.Effect.ToString(), preview.Scope.ToString(), [.. preview.Mistakes.Select(m => FindingRow.Of(m, reader))], [.. preview.Warnings.Select(m => FindingRow.Of(m, reader))],
        [.. preview.Diff.Select(d => new DiffRow(d.Fate.ToString(), d.Old > 0 ? d.Old : null, d.New > 0 ? d.New : null, d.Text))],
        [.. preview.Differences.Select(d => new DifferenceRow(d.Path, d.Old, d.New))]);
}

/// <summary>Something that is wrong, or worth a word, in a line.</summary>
internal sealed record FindingRow(int Line, int Column, string Path, string Found, string Expected, string Nearest)
{
    public static FindingRow Of(EnergyPilot.Core.Documents.Mistake mistake, Reader reader) =>
        new(mistake.Line, mistake.Column, mistake.Path, reader.Say(mistake.Found), reader.Say(mistake.Expected), mistake.Nearest);
}

/// <summary>A line of the difference.</summary>
internal sealed record DiffRow(string Fate, int? Old, int? New, string Text);

/// <summary>A value that is another one.</summary>
internal sealed record DifferenceRow(string Path, string Old, string New);

/// <summary>What came of a change.</summary>
internal sealed record SiteChangeAnswer(string State, long Version, SitePreviewAnswer Preview)
{
    /// <summary>Where it shows that the control has begun anew.</summary>
    public const string Watch = "/healthz";

    public static SiteChangeAnswer Of(SiteChange change, Reader reader) => new(change.State.ToString(), change.Version, SitePreviewAnswer.Of(change.Preview, reader));
}
