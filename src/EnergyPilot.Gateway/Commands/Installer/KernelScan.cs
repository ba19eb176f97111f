using System.Collections.Immutable;
using EnergyPilot.Core.Devices;

namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>Lists the folders of sensors and what the models that fit read in each.</summary>
internal static class KernelScan
{
    public static async Task<int> Run(Target target, CancellationToken stop)
    {
        if (!Directory.Exists(target.Bus.Where))
            throw VerbTrouble.Field($"There is no folder {target.Bus.Where}: the kernel driver is not loaded. For 1-Wire add \"dtoverlay=w1-gpio\" to the boot configuration; the README of hardware/gateway tells more.");
        string[] folders = [.. Directory.EnumerateDirectories(target.Bus.Where).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];
        var rows = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
        await Bar.During($"{target.Name}: sensors", async report =>
        {
            for (var i = 0; i < folders.Length; i++)
            {
                report(i / (double)folders.Length, $"{target.Name}: {folders[i]}");
                rows.AddRange(await Sensor(target, folders[i], stop));
            }
        });

        if (rows.Count > 0) new Sheet(["folder", "model that fits", "point", ">value", "unit", "state", "site file"], rows.ToImmutable()).Print();
        Console.WriteLine(rows.Count > 0 ? $"{rows.Select(r => r[0]).Distinct().Count()} sensors of {folders.Length} folders in {target.Bus.Where}."
            : $"No folder of {target.Bus.Where} holds a sensor that a device model knows{(folders.Length > 0 ? $" ({string.Join(", ", folders.Take(8))})" : "")}. Is the sensor wired and supplied, and does data have its pull-up resistor?");
        foreach (var device in target.Devices.Where(d => !folders.Contains(d.Address)))
            Console.WriteLine($"Not there: {device.Address}, {device.Id} ({device.Type.Id}) by the site file.");
        return rows.Count > 0 ? 0 : 2;
    }

    // The bus masters of 1-Wire have folders as well; no model finds its file in them.
    private static async Task<IEnumerable<ImmutableArray<string>>> Sensor(Target target, string folder, CancellationToken stop)
    {
        var planned = target.Devices.FirstOrDefault(d => d.Address == folder);
        List<(DeviceType Model, Sheet Read)> fitting = [];
        foreach (var model in Models.Of(target))
        {
            try
            {
                await using var reader = new PolledReader(target, Models.Device(model, target.Bus, folder), TimeSpan.Zero);
                fitting.Add((model, await reader.Read(stop)));
            }
            catch (VerbTrouble)
            {
                // No such file: another model.
            }
        }

        return fitting.Where(f => f.Read.Rows.All(r => r[3] != "not said")).SelectMany(f => f.Read.Rows, (f, row) =>
            (ImmutableArray<string>)[folder, f.Model.Id, row[0], row[1], row[2], row[3], planned?.Id ?? ValueText.None]);
    }
}
