using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace EnergyPilot.Io.Sparkplug;

/// <summary>The node and the living devices of a birth. It is replaced, never changed: commands read it on another thread.</summary>
internal sealed record SparkplugRoster(SparkplugScope Node, FrozenDictionary<string, SparkplugScope> Devices)
{
    public bool TryFind(string device, [NotNullWhen(true)] out SparkplugScope? scope)
    {
        scope = Node;
        return device.Length == 0 || Devices.TryGetValue(device, out scope);
    }

    /// <summary>With a device that is born now, alone; throws when the specification forbids it beside the others.</summary>
    public SparkplugRoster With(SparkplugScope born)
    {
        foreach (var other in Devices.Values.Append(Node).Where(other => other.Device != born.Device))
        {
            // payloads-alias-uniqueness
            if (born.SharedAlias(other) is var alias and not 0)
                throw new ArgumentException($"The device '{born.Device}' is born with the alias {alias}, which '{other.Device}' has.");
            if (born.Device.Equals(other.Device, StringComparison.OrdinalIgnoreCase))
                throw new ArgumentException($"The devices '{other.Device}' and '{born.Device}' have the same identifier, but for its case.");
        }

        return this with { Devices = Devices.Values.Where(other => other.Device != born.Device).Append(born).ToFrozenDictionary(scope => scope.Device) };
    }

    public SparkplugRoster Without(string device) =>
        this with { Devices = Devices.Values.Where(other => other.Device != device).ToFrozenDictionary(scope => scope.Device) };
}
