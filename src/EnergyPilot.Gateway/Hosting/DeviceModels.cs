using System.Collections.Immutable;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Documents;

namespace EnergyPilot.Gateway.Hosting;

/// <summary>The device models that this gateway has files of. They are read when somebody asks, and not kept: it is seldom.</summary>
/// <param name="files">Their texts by name.</param>
internal sealed class DeviceModels(Func<IReadOnlyDictionary<string, DocumentText>> files)
{
    /// <summary>All that can be read, by maker and model.</summary>
    public ImmutableArray<DeviceType> All =>
        [.. files().Select(f => Read(f.Key, f.Value)).OfType<DeviceType>().OrderBy(t => t.Protocol).ThenBy(t => t.Maker, StringComparer.Ordinal).ThenBy(t => t.Model, StringComparer.Ordinal)];

    public DeviceType? Find(string id) => files().TryGetValue(id, out var text) ? Read(id, text) : null;

    private static DeviceType? Read(string id, DocumentText text) => DeviceTypeFile.Parse(id, text).TryGet(out var type) ? type : null;
}
