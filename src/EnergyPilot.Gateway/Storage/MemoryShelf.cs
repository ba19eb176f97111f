using System.Text.Json;
using EnergyPilot.Core.Control;

namespace EnergyPilot.Gateway.Storage;

/// <summary>The control's memory, so that a restart goes on where the last run stopped. Only the newest is kept.</summary>
internal sealed partial class MemoryShelf(StoreFile file, ILogger log)
{
    /// <summary>On the card when it returns: some pages each time, so once in some minutes and at the end is enough.</summary>
    public void Save(Memory memory)
    {
        var json = JsonSerializer.Serialize(memory, StoredJson.Default.Memory);
        file.Write(connection => connection.Execute(
            "INSERT OR REPLACE INTO shelf (name, at, json) VALUES ('memory', @at, @json)", ("@at", memory.At.Milliseconds()), ("@json", json)));
    }

    /// <summary>What was saved last. One that cannot be read counts as none: the control starts as new, which is warm-safe.</summary>
    public Memory Load()
    {
        if (file.Read(connection => connection.Query("SELECT json FROM shelf WHERE name = 'memory'", row => row.GetString(0))) is not [var json])
            return Memory.Empty;
        try
        {
            return JsonSerializer.Deserialize(json, StoredJson.Default.Memory) ?? Memory.Empty;
        }
        catch (JsonException e)
        {
            LogUnreadable(log, e);
            return Memory.Empty;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The stored memory of the control cannot be read; the control starts as new")]
    private static partial void LogUnreadable(ILogger log, Exception e);
}
