using EnergyPilot.Gateway.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Tests.Gateway.Storage;

/// <summary>A folder of its own for a test, and the stores opened in it.</summary>
internal sealed class StoreFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("energypilot-").FullName;

    public string File => System.IO.Path.Combine(Path, Store.FileName);

    public ManualTime Time { get; } = new();

    public Store Open() => Open(NullLogger.Instance);

    public Store Open(ILogger log) => Store.Open(Path, Time, log);

    /// <summary>Looks into the file from outside, as another process would.</summary>
    public long Number(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        return connection.Number(sql);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>Keeps what was logged.</summary>
internal sealed class LogLines : ILogger
{
    public List<(LogLevel Level, string Text)> All { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        All.Add((logLevel, formatter(state, exception)));
}
