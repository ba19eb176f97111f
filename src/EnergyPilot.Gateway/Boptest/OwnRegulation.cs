using EnergyPilot.Core.Control;
using EnergyPilot.Core.Evaluation;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Gateway.Boptest;

/// <summary>What zones with a regulation of their own really take, where the emulator tells it: the control's estimate of their heat lives by it.</summary>
internal static class OwnRegulation
{
    public static Memory Seen(CaseMap map, Memory memory, EmulatorState state)
    {
        Dictionary<ZoneId, ZoneMemory>? zones = null;
        foreach (var zone in map.Zones)
        {
            var open = zone.Opening.Select(state.Of).DefaultIfEmpty(double.NaN).Average();
            if (!double.IsFinite(open) || !memory.Zones.TryGetValue(new ZoneId(zone.Id), out var known)) continue;
            zones ??= new Dictionary<ZoneId, ZoneMemory>(memory.Zones);
            zones[new ZoneId(zone.Id)] = known with { PulseDuty = Math.Clamp(open, 0, 1) };
        }

        return zones is null ? memory : memory with { Zones = zones };
    }
}
