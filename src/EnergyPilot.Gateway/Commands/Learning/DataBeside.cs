using EnergyPilot.Gateway.Hosting;
using System.CommandLine;
using EnergyPilot.Gateway.Commands.Installer;
using EnergyPilot.Gateway.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Gateway.Commands.Learning;

/// <summary>The data folder of a gateway, which may be running: what its verbs about learning read and change.</summary>
internal sealed class DataBeside : IDisposable
{
    private readonly StoreFile file;

    private DataBeside(StoreFile file)
    {
        this.file = file;
        var commits = new GroupCommit(file, TimeProvider.System, TimeSpan.Zero, NullLogger.Instance);
        (Knowledge, Quarters, Mornings, Audit) = (new(file, NullLogger.Instance), new(file, commits), new(file, commits), new(file));
    }

    public KnowledgeShelf Knowledge { get; }
    public QuarterBook Quarters { get; }
    public MorningBook Mornings { get; }
    public AuditLog Audit { get; }

    public static Option<string> Option() => new("--data")
    {
        Description = "Folder for history, settings and accounts; the gateway may be running", DefaultValueFactory = _ => DataFolder.Of(null),
    };

    public static DataBeside Open(string folder)
    {
        try
        {
            return new DataBeside(StoreFile.OpenBeside(Path.Combine(folder, Store.FileName)));
        }
        catch (FileNotFoundException)
        {
            throw VerbTrouble.Asked($"There is no data of a gateway in {Path.GetFullPath(folder)}. Name its folder with --data.");
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw VerbTrouble.Field($"The data in {Path.GetFullPath(folder)} cannot be used: {e.Message}");
        }
    }

    public void Dispose() => file.Dispose();
}
