using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Texts;

namespace EnergyPilot.Gateway.Web.Zones;

/// <summary>What the valves of a zone do, in a word: "valve open", "valve 35 % open", "thermostat at 21 °C".</summary>
internal static class ValveWords
{
    public static string Of(Zone zone, ImmutableArray<Command> valves, Reader reader)
    {
        var thermostats = valves.Where(v => zone.Points.Thermostat.Contains(v.Point)).ToList();
        if (thermostats.Count > 0) return reader.Say(Phrase.ThermostatAt, Fact.Of("target", new Celsius(thermostats.Average(v => v.Value))));
        var open = new Share(valves.Average(v => Opening(reader.Site, v)));
        return open.Value <= 0.005 ? reader.Say(Phrase.ValveShut) : open.Value >= 0.995 ? reader.Say(Phrase.ValveOpen) : reader.Say(Phrase.ValveAt, Fact.Of("open", open));
    }

    // Relays are open or shut, motors stand at a share of a hundred.
    private static double Opening(Site site, Command valve) =>
        site.Points.TryGetValue(valve.Point, out var point) && point.Type.Quantity == Quantity.Ratio ? valve.Value / 100 : Math.Clamp(valve.Value, 0, 1);
}
