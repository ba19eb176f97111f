using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace EnergyPilot.Gateway.Hosting;

/// <summary>Writes log lines for people: time, how grave, the sentence. The journal adds the rest.</summary>
internal sealed class PlainConsole() : ConsoleFormatter(Name)
{
    public new const string Name = "plain";

    public override void Write<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var grave = entry.LogLevel switch
        {
            LogLevel.Critical => "CRITICAL ",
            LogLevel.Error => "ERROR ",
            LogLevel.Warning => "warning: ",
            _ => "",
        };
        textWriter.Write(TimeProvider.System.GetLocalNow().ToString("HH:mm:ss ", CultureInfo.InvariantCulture));
        textWriter.Write(grave);
        textWriter.WriteLine(entry.Formatter(entry.State, entry.Exception));
        if (entry.Exception is not null) textWriter.WriteLine(entry.Exception);
    }
}
