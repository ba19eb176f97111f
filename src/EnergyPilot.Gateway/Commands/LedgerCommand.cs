using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using EnergyPilot.Core.Legal;
using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Gateway.Storage;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Commands;

/// <summary>"ledger": what every day was before the law, from the store of a gateway, running or not.</summary>
internal static class LedgerCommand
{
    private const int UsualDays = 31;

    public static Command Verb()
    {
        var site = new Argument<string?>("SITE") { Description = "Site file; the demo school when missing", Arity = ArgumentArity.ZeroOrOne };
        var data = new Option<string?>("--data") { Description = "Folder of its history; the one that run uses when missing" };
        var from = new Option<DateOnly?>("--from") { Description = $"First day; {UsualDays} days up to the last when missing" };
        var to = new Option<DateOnly?>("--to") { Description = "Last day, included; the newest when missing" };
        var csv = new Option<string?>("--csv") { Description = "Also write a file with one row per day and zone" };
        var verb = new Command("ledger", "Temperatures before the law (Code de l'énergie R.241-26 and R.241-27), day by day: volume-weighted mean in use, and each excess with its reason.") { site, data, from, to, csv };
        verb.SetAction(parsed => Show(
            parsed.GetValue(site) ?? ConfigFolder.DemoSite, parsed.GetValue(data) ?? DataFolder.Of(parsed.GetValue(site)),
            (parsed.GetValue(from), parsed.GetValue(to)), parsed.GetValue(csv)));
        return verb;
    }

    private static int Show(string path, string folder, (DateOnly? From, DateOnly? To) asked, string? csv)
    {
        if (!SiteFiles.TryLoad(path, out var site)) return 1;
        if (asked is { From: { } first, To: { } last } && first > last)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"--from {first:yyyy-MM-dd} is later than --to {last:yyyy-MM-dd}: there is no day between them."));
            return 1;
        }

        try
        {
            var to = asked.To ?? DateOnly.MaxValue;
            var days = Read(folder, asked.From ?? DateOnly.MinValue, to);
            if (asked.From is null && days is [.., var newest]) days = [.. days.Where(d => d.Day > newest.Day.AddDays(-UsualDays))];
            LedgerSheet.Print(days, site);
            if (csv is not null) File.WriteAllText(csv, LedgerSheet.Csv(days, site));
            return 0;
        }
        catch (SqliteException e)
        {
            Console.Error.WriteLine($"The ledger in {Path.GetFullPath(folder)} cannot be read: {e.Message}. Choose another folder with --data.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{csv}: the file cannot be written: {e.Message}");
        }

        return 2;
    }

    private static ImmutableArray<LedgerDay> Read(string folder, DateOnly from, DateOnly to)
    {
        var name = new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, Store.FileName), Mode = SqliteOpenMode.ReadOnly, Pooling = false };
        using var connection = new SqliteConnection(name.ToString());
        connection.Open();
        return LedgerBook.Select(connection, from, to);
    }
}
