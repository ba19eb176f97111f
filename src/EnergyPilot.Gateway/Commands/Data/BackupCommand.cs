using System.CommandLine;
using EnergyPilot.Gateway.Commands.Installer;
using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Gateway.Storage;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Commands.Data;

/// <summary>"backup" and "restore": the whole database as one file.</summary>
internal static class BackupCommand
{
    public static Command Take()
    {
        var file = new Argument<string>("FILE") { Description = "New file; it holds accounts too, so keep it where nobody else may read it" };
        var data = Folder();
        var verb = new Command("backup", $"Everything that a gateway keeps (history, settings, accounts, what was learned) as one file, also while it runs. {InstallerVerb.ExitCodes}") { file, data };
        InstallerVerb.Do(verb, (parsed, _) => Said(() =>
        {
            var path = parsed.GetRequiredValue(file);
            Backup.Take(Path.Combine(parsed.GetRequiredValue(data), Store.FileName), path);
            return $"{path}: {new FileInfo(path).Length / 1e6:0.0} MB.";
        }));
        return verb;
    }

    public static Command Restore()
    {
        var file = new Argument<string>("FILE") { Description = "What backup wrote" };
        var data = Folder();
        var verb = new Command("restore", $"Puts a backup in the place of a gateway's data, while the gateway is stopped; what was there stays beside it. {InstallerVerb.ExitCodes}") { file, data };
        InstallerVerb.Do(verb, (parsed, _) => Said(() =>
        {
            var folder = parsed.GetRequiredValue(data);
            var before = Backup.Restore(parsed.GetRequiredValue(file), Path.Combine(folder, Store.FileName), TimeProvider.System.GetUtcNow());
            return before.Length > 0 ? $"Restored. What was there before is {before}." : "Restored.";
        }));
        return verb;
    }

    private static Option<string> Folder() => new("--data") { Description = "Data folder of the gateway", DefaultValueFactory = _ => DataFolder.Of(null) };

    private static Task<int> Said(Func<string> work)
    {
        try
        {
            Console.WriteLine(work());
            return Task.FromResult(0);
        }
        catch (Exception e) when (e is InvalidDataException or FileNotFoundException)
        {
            throw VerbTrouble.Asked(e.Message);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is 5 or 6)
        {
            throw VerbTrouble.Field("The gateway uses its data. Stop it first (systemctl stop energypilot), then restore.");
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw VerbTrouble.Field(e.Message);
        }
    }
}
