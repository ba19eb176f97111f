using System.Text.Json;
using EnergyPilot.Gateway.Learning;

namespace EnergyPilot.Gateway.Storage;

/// <summary>How the planner did on the last days, so that a restart need not prove it again. Only the newest is kept.</summary>
internal sealed partial class PlannerShelf(StoreFile file, ILogger log)
{
    public void Save(PlannerHistory history, DateTimeOffset at)
    {
        var json = JsonSerializer.Serialize(history, StoredJson.Default.PlannerHistory);
        file.Write(connection => connection.Execute(
            "INSERT OR REPLACE INTO shelf (name, at, json) VALUES ('planner', @at, @json)", ("@at", at.Milliseconds()), ("@json", json)));
    }

    /// <summary>What was saved last. One that cannot be read counts as none: the planner begins in shadow.</summary>
    public PlannerHistory Load()
    {
        if (file.Read(connection => connection.Query("SELECT json FROM shelf WHERE name = 'planner'", row => row.GetString(0))) is not [var json])
            return PlannerHistory.None;
        try
        {
            return JsonSerializer.Deserialize(json, StoredJson.Default.PlannerHistory) is { Days.IsDefault: false } history ? history : PlannerHistory.None;
        }
        catch (JsonException e)
        {
            LogUnreadable(log, e);
            return PlannerHistory.None;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What is known of the planner cannot be read; it begins in shadow")]
    private static partial void LogUnreadable(ILogger log, Exception e);
}
