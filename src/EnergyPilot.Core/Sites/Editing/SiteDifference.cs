using System.Collections.Immutable;
using System.Globalization;
using EnergyPilot.Core.Documents;

namespace EnergyPilot.Core.Sites.Editing;

/// <summary>What a change of a site file touches: what staff may change (how warm, when), or the installation.</summary>
public enum SiteScope { Comfort, Installation }

/// <summary>What a change needs in order to hold: nothing (it says the same), the next cycle, or buses and services that begin anew.</summary>
public enum SiteEffect { None, Live, Anew }

/// <summary>One value that two site files have in common no more.</summary>
/// <param name="Path">Where, as mistakes name it; of what is new or gone the outermost group.</param>
/// <param name="Old">What stood there, in one line; empty when nothing did.</param>
/// <param name="New">What stands there now.</param>
public sealed record SiteDifference(string Path, string Old, string New)
{
    private const int LongestShown = 300;

    // All that follows from the site when it is asked for; everything else is held open by somebody: buses, points, services, the store.
    private static readonly string[] Live =
    [
        "site.name", "site.calendars", "setpoints", "programmes", "exceptions", "legal", "control", "building", "meters.*.name",
        "meters.*.price", "meters.*.co2", "meters.*.standing-charge", "meters.*.volume-price",
        "zones.*.name", "zones.*.use", "zones.*.floor-area", "zones.*.height", "zones.*.programme", "zones.*.setpoints", "zones.*.earliest-start", "zones.*.legal", "zones.*.radiators",
        "zones.*.facades", "zones.*.neighbours", "zones.*.persons",
        "plant.boiler.name", "plant.boiler.nominal-power", "plant.boiler.minimum-power", "plant.boiler.minimum-on", "plant.boiler.minimum-off", "plant.boiler.return-limit",
        "plant.boiler.power-limit", "plant.circuits.*.name", "plant.circuits.*.curve",
    ];

    private static readonly string[] Comfort = ["site.calendars", "setpoints", "programmes", "exceptions", "control.earliest-start", "zones.*.programme", "zones.*.setpoints", "zones.*.earliest-start"];

    /// <summary>All differences in meaning, in the order of the old file and then of the new; comments and layout have none. Nothing for a text that cannot be read.</summary>
    public static ImmutableArray<SiteDifference> Between(DocumentText before, DocumentText after)
    {
        var found = ImmutableArray.CreateBuilder<SiteDifference>();
        if (YamlReader.Read(before.Text, new Findings("")) is { } old && YamlReader.Read(after.Text, new Findings("")) is { } next) Compare("", old, next, found);
        return found.ToImmutable();
    }

    /// <summary>Whether all of it is what staff may change.</summary>
    public static SiteScope ScopeOf(IReadOnlyCollection<SiteDifference> differences) =>
        differences.Count > 0 && differences.All(d => IsUnder(d.Path, Comfort)) ? SiteScope.Comfort : SiteScope.Installation;

    // An uplink tells these at its births, and has to begin anew for them.
    private static readonly string[] Born = [".name", ".use", ".floor-area", ".price", ".co2"];

    /// <summary>What the change needs.</summary>
    public static SiteEffect EffectOf(IReadOnlyCollection<SiteDifference> differences, Uplink uplink) =>
        differences.Count == 0 ? SiteEffect.None
        : differences.All(d => IsUnder(d.Path, Live) && !(uplink.IsOffered && Array.Exists(Born, key => d.Path.EndsWith(key, StringComparison.Ordinal)))) ? SiteEffect.Live
        : SiteEffect.Anew;

    private static void Compare(string path, Node old, Node next, ImmutableArray<SiteDifference>.Builder found)
    {
        if (NodeTree.IsSame(old, next)) return;
        if (old is not MapNode before || next is not MapNode after || !IsInOrder(before, after))
        {
            found.Add(new(path, Shown(old), Shown(next)));
            return;
        }

        foreach (var entry in before.Entries)
            if (NodeTree.Into(after, new Step(entry.Key, 0)).Child is { } now) Compare(Under(path, entry.Key), entry.Value, now, found);
            else found.Add(new(Under(path, entry.Key), Shown(entry.Value), ""));
        foreach (var entry in after.Entries)
            if (NodeTree.Into(before, new Step(entry.Key, 0)).Child is null) found.Add(new(Under(path, entry.Key), "", Shown(entry.Value)));
    }

    // The order of zones and devices is seen by people; what is common must stand in the same.
    private static bool IsInOrder(MapNode before, MapNode after)
    {
        var (then, now) = (before.Entries.Select(e => e.Key).ToHashSet(StringComparer.Ordinal), after.Entries.Select(e => e.Key).ToHashSet(StringComparer.Ordinal));
        return before.Entries.Select(e => e.Key).Where(now.Contains).SequenceEqual(after.Entries.Select(e => e.Key).Where(then.Contains), StringComparer.Ordinal);
    }

    private static string Under(string path, string key) => path.Length == 0 ? key : string.Create(CultureInfo.InvariantCulture, $"{path}.{key}");

    private static string Shown(Node node) => Written.InLine(node, Surroundings.Lines) is { Length: > LongestShown } line ? $"{line[..LongestShown]}…" : Written.InLine(node, Surroundings.Lines);

    private static bool IsUnder(string path, string[] places) => Array.Exists(places, place => IsUnder(path.Split('.'), place.Split('.')));

    private static bool IsUnder(string[] path, string[] place) => path.Length >= place.Length && place.Zip(path).All(p => p.First == "*" || p.First == p.Second);
}
