using System.CommandLine;

namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>What the installer's verbs have in common: trouble is one sentence, Ctrl-C is a normal end.</summary>
internal static class InstallerVerb
{
    public const string ExitCodes = "Exit code 0: done; 1: the question was wrong; 2: no line, no answer, or refused.";

    public static void Do(Command verb, Func<ParseResult, CancellationToken, Task<int>> action) => verb.SetAction(async (parsed, stop) =>
    {
        try
        {
            return await action(parsed, stop);
        }
        catch (VerbTrouble trouble)
        {
            await Console.Error.WriteLineAsync(trouble.Message);
            return trouble.ExitCode;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
    });
}
