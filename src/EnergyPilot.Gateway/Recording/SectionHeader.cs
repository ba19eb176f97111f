using System.Collections.Immutable;
using System.Reflection;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Gateway.Recording;

/// <summary>What a stretch of cycles began with: a day, or a restart within one. With it the stretch can be decided again anywhere.</summary>
/// <param name="Program">Version of the program.</param>
/// <param name="Core">Identity of its control, exact to the build.</param>
/// <param name="Site">The site file.</param>
/// <param name="Devices">The device models that it names.</param>
/// <param name="Calendars">The calendars beside it.</param>
/// <param name="Memory">What the control remembered before the first cycle.</param>
internal sealed record SectionHeader(
    string Program, Guid Core, RecordedText Site, ImmutableArray<RecordedText> Devices, ImmutableArray<RecordedText> Calendars, Memory Memory)
{
    /// <summary>The version of this program.</summary>
    public static string ThisProgram { get; } =
        typeof(SectionHeader).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <summary>The control of this program: two builds of the same sources have the same.</summary>
    public static Guid ThisCore { get; } = typeof(Pilot).Module.ModuleVersionId;

    public static SectionHeader Of(SiteSources sources, Site site, Memory memory)
    {
        var named = site.Devices.Select(d => d.Type.Id).ToHashSet(StringComparer.Ordinal);
        return new(
            ThisProgram, ThisCore, new("", sources.Site.Name, sources.Site.Text),
            [.. Texts(sources.DeviceTypes).Where(t => named.Contains(t.Key))], [.. Texts(sources.Calendars)], memory);
    }

    public SiteSources Sources => new(
        new(Site.Name, Site.Text), Devices.ToDictionary(d => d.Key, d => d.Document, StringComparer.Ordinal), Calendars.ToDictionary(c => c.Key, c => c.Document, StringComparer.Ordinal));

    private static IEnumerable<RecordedText> Texts(IReadOnlyDictionary<string, DocumentText> files) =>
        files.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => new RecordedText(f.Key, f.Value.Name, f.Value.Text));
}

/// <summary>A file that a site is made of.</summary>
internal sealed record RecordedText(string Key, string Name, string Text)
{
    public DocumentText Document => new(Name, Text);
}
