namespace EnergyPilot.Core.Sites.Editing;

/// <summary>
/// One change of a site file, by the path of what it changes, as mistakes name it: "zones.cp.setpoints.comfort", "exceptions[0].note".
/// What is changed keeps its place, its comments and its layout; everything else in the file stays as it is, to the letter.
/// </summary>
public abstract record SiteEdit(string Path);

/// <summary>A single value: "18.5 °C". Groups on the way to it that are missing are made.</summary>
public sealed record SetValue(string Path, string Text) : SiteEdit(Path);

/// <summary>A group or a list, as YAML that begins at the left margin: the days of a programme. Of a group that stands there already only what differs is touched.</summary>
public sealed record SetBlock(string Path, string Yaml) : SiteEdit(Path);

/// <summary>One more item at the end of a list, as YAML that begins at the left margin and without its dash. A list that is missing is made.</summary>
public sealed record AddItem(string Path, string Yaml) : SiteEdit(Path);

/// <summary>Takes a key or an item out; groups and lists that nothing is left in go with it. What is not there needs no taking out.</summary>
public sealed record Remove(string Path) : SiteEdit(Path);
