using System.Collections.Immutable;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Hosting;

namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>The device models that came with the program, and those beside the site file.</summary>
internal static class Models
{
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    /// <summary>All models that hang on such a bus. A file with mistakes is left out: "check" tells them.</summary>
    public static ImmutableArray<DeviceType> Of(Target target) =>
        [.. All(target).Where(m => m.Protocol == target.Bus.Protocol).OrderBy(m => m.Id, StringComparer.Ordinal)];

    /// <summary>The model of this name.</summary>
    public static DeviceType Named(Target target, string name)
    {
        var files = ConfigFolder.DeviceFiles(target.SiteFile);
        if (!files.TryGetValue(name, out var file))
        {
            var near = Nearest.To(name, files.Keys);
            throw VerbTrouble.Asked($"There is no device model '{name}'." + (near.Length > 0 ? $" Did you mean {near}?" : $" For this bus there are {string.Join(", ", Of(target).Select(m => m.Id))}."));
        }

        var parsed = DeviceTypeFile.Parse(name, file);
        if (!parsed.TryGet(out var model)) throw VerbTrouble.Asked(string.Join(Environment.NewLine, parsed.Mistakes));
        return model.Protocol == target.Bus.Protocol
            ? model
            : throw VerbTrouble.Asked($"{name} hangs on {FileWords.Of(model.Protocol)}, and {target.Name} speaks {FileWords.Of(target.Bus.Protocol)}.");
    }

    /// <summary>A device of a model that no site file knows.</summary>
    public static Device Device(DeviceType model, Bus bus, string address) =>
        new(model.Id, model.Model, model, bus, address, [.. model.Points.Select(p => new Point(new PointId($"{model.Id}.{p.Name}"), p, 1, Wiring.NormallyOpen, Patience))]);

    /// <summary>Maker and model; of a class of devices that all work alike, the class.</summary>
    public static string Label(DeviceType model) => model.Maker == "any" ? model.Model : $"{model.Maker} {model.Model}";

    private static IEnumerable<DeviceType> All(Target target)
    {
        foreach (var (name, file) in ConfigFolder.DeviceFiles(target.SiteFile))
            if (DeviceTypeFile.Parse(name, file).TryGet(out var model)) yield return model;
    }
}
