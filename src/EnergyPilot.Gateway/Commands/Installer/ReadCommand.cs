using System.CommandLine;

namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>"read": what a device says now.</summary>
internal static class ReadCommand
{
    public static Command Verb()
    {
        var options = new ReaderOptions("--count");
        var verb = new Command("read", $"Reads a device once: all points of its model, registers by their address, all records of a meter. BUS may also be the name of a device of the site file. {InstallerVerb.ExitCodes}");
        options.AddTo(verb);
        InstallerVerb.Do(verb, async (parsed, stop) =>
        {
            await using var reader = options.Open(parsed);
            var said = await reader.Read(stop);
            Console.WriteLine(reader.Title);
            said.Print();
            return 0;
        });
        return verb;
    }
}
