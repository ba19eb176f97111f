using System.CommandLine;
using System.CommandLine.Invocation;
using EnergyPilot.Gateway.Commands.Data;
using EnergyPilot.Gateway.Commands.Installer;
using EnergyPilot.Gateway.Commands.Learning;

namespace EnergyPilot.Gateway.Commands;

/// <summary>The verbs of energypilot; without one it runs.</summary>
internal static class CommandLine
{
    // What a verb has begun is ended in order: outputs go to their safe values, a capture is written.
    private static readonly InvocationConfiguration Invocation = new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(20) };

    public static Task<int> Run(string[] args)
    {
        ParseResult parsed;
        try
        {
            parsed = Verbs().Parse(args);
        }
        catch (InvalidOperationException e)
        {
            // A validator that asks for a number throws where there is none.
            return NotUnderstood(e.Message.Split(" as expected type")[0]);
        }

        // One sentence says what is wrong; a page of options behind it would hide it.
        if (parsed.Action is ParseErrorAction mistake) mistake.ShowHelp = false;
        return parsed.InvokeAsync(Invocation);
    }

    private static async Task<int> NotUnderstood(string why)
    {
        await Console.Error.WriteLineAsync($"{why}.");
        return 1;
    }

    public static RootCommand Verbs()
    {
        var root = new RootCommand("EnergyPilot: heats a school well on as little energy as possible. Without a verb it runs the gateway.");
        RunCommand.AddTo(root);
        root.Add(RunCommand.Verb());
        root.Add(CheckCommand.Verb());
        root.Add(SimulateCommand.Verb());
        root.Add(EvaluateCommand.Verb());
        root.Add(LedgerCommand.Verb());
        root.Add(ModelCommand.Verb());
        root.Add(MorningsCommand.Verb());
        root.Add(ReplayCommand.Verb());
        root.Add(BackupCommand.Take());
        root.Add(BackupCommand.Restore());
        root.Add(ExportCommand.Verb());
        root.Add(ScanCommand.Verb());
        root.Add(ReadCommand.Verb());
        root.Add(WatchCommand.Verb());
        root.Add(WriteCommand.Verb());
        root.Add(TraceCommand.Verb());
        return root;
    }
}
