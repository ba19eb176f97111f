using System.Collections.Immutable;
using EnergyPilot.Io.Gpio;

namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>Lists the lines of a GPIO chip without taking any.</summary>
internal static class GpioScan
{
    public static Task<int> Run(Target target)
    {
        try
        {
            var lines = GpioChip.Lines(target.Bus.Where);
            new Sheet([">line", "name", "direction", "used by", "site file"], [.. lines.Select(line => (ImmutableArray<string>)
            [
                $"{line.Number}", line.Name.Length > 0 ? line.Name : ValueText.None, line.IsOutput ? "output" : "input", line.User.Length > 0 ? line.User : line.IsUsed ? "the kernel" : "free",
                target.Devices.FirstOrDefault(d => d.Address == $"{line.Number}")?.Id ?? ValueText.None,
            ])]).Print();
            Console.WriteLine($"{lines.Count} lines on {target.Bus.Where}.");
            return Task.FromResult(0);
        }
        catch (IOException e)
        {
            throw VerbTrouble.Field($"{e.Message} The user must be in the group gpio, and the chip be there (ls /dev/gpiochip*).");
        }
    }
}
