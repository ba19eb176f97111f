using System.CommandLine;
using System.Globalization;
using EnergyPilot.Gateway.Commands.Installer;
using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Gateway.Storage;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Commands.Data;

/// <summary>"export": the history of points as text.</summary>
internal static class ExportCommand
{
    public static Command Verb()
    {
        var points = new Option<string[]>("--point") { Description = "Name of a point, as in the site file; * stands for any text, and it may be given more than once", DefaultValueFactory = _ => ["*"] };
        var from = new Option<DateTimeOffset?>("--from") { Description = "First instant (2026-11-01 or 2026-11-01T08:00+01:00; UTC where it names no offset); a week before the last when missing" };
        var to = new Option<DateTimeOffset?>("--to") { Description = "End, not included; now when missing" };
        var resolution = new Option<Resolution>("--resolution") { Description = "raw (60 days), quarter (five years), hour or day (for good)", DefaultValueFactory = _ => Resolution.Raw };
        var format = new Option<ExportFormat>("--format") { Description = "csv or jsonl (no library for Parquet can be had from the registry that this is built with)", DefaultValueFactory = _ => ExportFormat.Csv };
        var file = new Option<string?>("--file") { Description = "Where it is written; to the terminal when missing" };
        var data = new Option<string>("--data") { Description = "Data folder of the gateway, which may be running", DefaultValueFactory = _ => DataFolder.Of(null) };
        foreach (var option in (Option<DateTimeOffset?>[])[from, to]) option.CustomParser = Instant;
        var verb = new Command("export", $"The history of points as text, one row per sample or bucket. {InstallerVerb.ExitCodes}") { points, from, to, resolution, format, file, data };
        InstallerVerb.Do(verb, (parsed, _) =>
        {
            var until = parsed.GetValue(to) ?? TimeProvider.System.GetUtcNow();
            var first = parsed.GetValue(from) ?? until.AddDays(-7);
            if (first >= until) throw VerbTrouble.Asked("--from is not before --to: there is nothing between them.");
            using var connection = Open(parsed.GetRequiredValue(data));
            var found = (parsed.GetValue(points) ?? []).SelectMany(p => Found(connection, p)).DistinctBy(p => p.Id).ToArray();
            try
            {
                Write(connection, found, (parsed.GetValue(resolution), first, until), (parsed.GetValue(format), parsed.GetValue(file)));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
            {
                throw VerbTrouble.Field($"The export cannot be written: {e.Message}");
            }

            return Task.FromResult(0);
        });
        return verb;
    }

    private static void Write(
        SqliteConnection connection, (long Id, string Name)[] points, (Resolution Resolution, DateTimeOffset From, DateTimeOffset Until) what, (ExportFormat Format, string? File) where)
    {
        using var file = where.File is { } path ? new StreamWriter(path) : null;
        var export = new Export(connection, where.Format, file ?? Console.Out);
        // Before 1970 nothing was measured.
        var from = what.From < DateTimeOffset.UnixEpoch ? DateTimeOffset.UnixEpoch : what.From;
        export.Begin(what.Resolution);
        var rows = points.Sum(point => export.Write(point, what.Resolution, from, what.Until));
        if (where.File is not null) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{where.File}: {rows} rows of {points.Length} points."));
    }

    private static (long Id, string Name)[] Found(SqliteConnection connection, string pattern)
    {
        var found = Export.Points(connection, pattern);
        return found.IsEmpty ? throw VerbTrouble.Asked($"No point is called {pattern}. --point \"*\" takes all.") : [.. found];
    }

    private static SqliteConnection Open(string folder)
    {
        var path = Path.Combine(folder, Store.FileName);
        if (!File.Exists(path)) throw VerbTrouble.Asked($"There is no data of a gateway in {Path.GetFullPath(folder)}. Name its folder with --data.");
        try
        {
            // Brings an older file up to date first: what is read then has the tables that are asked for.
            StoreFile.OpenBeside(path).Dispose();
            return StoreFile.Connect(path, SqliteOpenMode.ReadOnly);
        }
        catch (SqliteException e)
        {
            throw VerbTrouble.Field($"The data in {Path.GetFullPath(folder)} cannot be used: {e.Message}");
        }
    }

    private static DateTimeOffset? Instant(System.CommandLine.Parsing.ArgumentResult result)
    {
        var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)) return at;
        result.AddError($"'{text}' is no time; one looks like 2026-11-01 or 2026-11-01T08:00+01:00.");
        return null;
    }
}
