using System.CommandLine;
using EnergyPilot.Gateway.Commands.Installer;

namespace EnergyPilot.Gateway.Commands;

/// <summary>The verbs of energypilot; without one it runs.</summary>
internal static class CommandLine
{
    public static Task<int> Run(string[] args) => Verbs().Parse(args).InvokeAsync();

    public static RootCommand Verbs()
    {
        var root = new RootCommand("EnergyPilot: heats a school well on as little energy as possible. Without a verb it runs the gateway.");
        RunCommand.AddTo(root);
        root.Add(RunCommand.Verb());
        root.Add(CheckCommand.Verb());
        root.Add(SimulateCommand.Verb());
        root.Add(ScanCommand.Verb());
        root.Add(ReadCommand.Verb());
        root.Add(WatchCommand.Verb());
        root.Add(WriteCommand.Verb());
        root.Add(TraceCommand.Verb());
        return root;
    }
}
