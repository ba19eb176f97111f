using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>
/// What was learned, so that a restart need not learn it again. A gateway and a person at the terminal may both change it: each change reads,
/// changes and writes in one transaction, and <see cref="Version"/> tells the gateway of the other's.
/// </summary>
internal sealed partial class KnowledgeShelf(StoreFile file, ILogger log)
{
    /// <summary>Of what is stored now; 0 for nothing. It only says whether something has changed.</summary>
    public long Version => file.Read(connection => connection.Number("SELECT at FROM shelf WHERE name = 'knowledge'"));

    /// <summary>What was stored last. What cannot be read, as a whole or of one zone, counts as not learned: that begins from the prior.</summary>
    public SchoolKnowledge Load() => file.Read(Read);

    /// <summary>Changes what is stored; it is on the card when this returns.</summary>
    public SchoolKnowledge Change(DateTimeOffset at, Func<SchoolKnowledge, SchoolKnowledge> change) => file.Write(connection =>
    {
        var changed = change(Read(connection));
        var version = Math.Max(at.Milliseconds(), connection.Number("SELECT at + 1 FROM shelf WHERE name = 'knowledge'"));
        connection.Execute(
            "INSERT OR REPLACE INTO shelf (name, at, json) VALUES ('knowledge', @at, @json)",
            ("@at", version), ("@json", JsonSerializer.Serialize(changed, StoredJson.Default.SchoolKnowledge)));
        return changed;
    });

    private SchoolKnowledge Read(SqliteConnection connection)
    {
        if (connection.Query("SELECT json FROM shelf WHERE name = 'knowledge'", row => row.GetString(0)) is not [var json]) return SchoolKnowledge.None;
        try
        {
            return JsonSerializer.Deserialize(json, StoredJson.Default.SchoolKnowledge) is { } stored ? Sound(stored) : SchoolKnowledge.None;
        }
        catch (JsonException e)
        {
            LogUnreadable(log, e);
            return SchoolKnowledge.None;
        }
    }

    private SchoolKnowledge Sound(SchoolKnowledge stored)
    {
        // A null is no zone either: the reader only refuses it within one.
        var sound = stored.Zones.Where(z => z.Value is { IsSound: true }).ToDictionary();
        foreach (var zone in stored.Zones.Keys.Where(z => !sound.ContainsKey(z))) LogUnsound(log, zone.Name);
        return stored with { Zones = sound };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What was learned cannot be read; every zone begins anew")]
    private static partial void LogUnreadable(ILogger log, Exception e);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What was learned of zone {Zone} cannot be; it begins anew")]
    private static partial void LogUnsound(ILogger log, string zone);
}
