using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Gateway.Field;

/// <summary>The demonstration school with one more bus and one more device, whose model the test writes down.</summary>
internal static class SiteWith
{
    public const string Device = "added";

    /// <summary>A device of the same model that is not in the site yet.</summary>
    public static EnergyPilot.Core.Sites.Device New(Site site, string address)
    {
        var device = site.Devices.Single(d => d.Id == Device);
        return device with { Id = "new", Address = address, Points = [.. device.Points.Select(p => p with { Id = new PointId($"new.{p.Type.Name}") })] };
    }

    public static Site Of(string bus, string address, string model)
    {
        var text = SchoolFiles.Demo.Text
            .Replace("buses:\n", $"buses:\n  added-bus: {{ {bus} }}\n", StringComparison.Ordinal)
            .Replace("devices:\n", $"devices:\n  {Device}: {{ type: model, bus: added-bus, address: \"{address}\" }}\n", StringComparison.Ordinal);
        var models = SchoolFiles.DeviceTypes.ToDictionary(StringComparer.Ordinal);
        models["model"] = new DocumentText("model.yaml", model);
        var parsed = SiteFile.Parse(new SiteSources(SchoolFiles.Demo with { Text = text }, models, SchoolFiles.Calendars));
        return parsed.TryGet(out var site) ? site : throw new InvalidOperationException(string.Join('\n', parsed.Mistakes));
    }
}
