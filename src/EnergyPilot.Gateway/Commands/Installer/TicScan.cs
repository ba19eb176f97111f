namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>Listens to a meter's customer output until it has said all that it says.</summary>
internal static class TicScan
{
    public static async Task<int> Run(Target target, CancellationToken stop)
    {
        await using var meter = new TicMeterReader(target);
        var said = await meter.Read(stop);
        Console.WriteLine(meter.Title);
        said.Print();
        return 0;
    }
}
