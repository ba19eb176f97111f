using EnergyPilot.Core.Sites;

namespace EnergyPilot.Tests.Core.Sites;

/// <summary>The demonstration school with some things changed, all of them right.</summary>
internal static class ChangedSchool
{
    public const string Release = "    release: boiler-release.state\n";
    public const string Gym = "      name: Salle de sport et cantine\n";
    public const string GymPump = "      pump: relays.channel-14\n      supply: pipe-gym-supply.temperature\n      return: pipe-gym-return.temperature\n";
    public const string Thermometers = "  # Rooms: thermometers on 1-Wire\n";
    public const string ThermostatDevice = "  thermostat-cp:\n    type: siemens-rdf302\n    bus: modbus\n    address: 60\n";
    public const string ThermostatPoint = "thermostat-cp.comfort-setpoint";
    public const string AllElectric = "plant:\n  circuits:\n    wings: { emitter: electric }\n    gym-canteen: { emitter: electric }\n";

    public static readonly string Boiler = Between("  boiler:\n    name: Chaudière", "  circuits:\n");
    public static readonly string Plant = Between("plant:\n", "\n# Radiators are some");

    public static Site With(params ReadOnlySpan<(string Find, string Change)> changes)
    {
        var parsed = SchoolFiles.Parse(Text(changes));
        parsed.Mistakes.ShouldBeEmpty();
        return parsed.TryGet(out var site) ? site : throw new InvalidOperationException("The changed school has mistakes");
    }

    public static string Text(params ReadOnlySpan<(string Find, string Change)> changes)
    {
        var text = SchoolFiles.Demo.Text;
        foreach (var (find, change) in changes)
        {
            text.ShouldContain(find, Case.Sensitive);
            text = text.Replace(find, change, StringComparison.Ordinal);
        }
        return text;
    }

    private static string Between(string from, string to)
    {
        var text = SchoolFiles.Demo.Text;
        var start = text.IndexOf(from, StringComparison.Ordinal);
        return text[start..text.IndexOf(to, start, StringComparison.Ordinal)];
    }
}
