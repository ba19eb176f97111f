using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace EnergyPilot.Gateway.Web.School;

/// <summary>
/// Reads a drawing in SVG and keeps what is on the list: shapes and texts with their geometry. Whatever else drawing programs write, or somebody
/// with bad intentions, is left out: script, styles, events, foreign objects, pictures, addresses. Colours are ours, so that they say something and both schemes hold.
/// </summary>
internal static partial class PlanReader
{
    /// <summary>A plan of a school is some ten kilobytes.</summary>
    public const int MostBytes = 256 * 1024;

    private const int MostElements = 2000, MostDepth = 20, MostText = 80;
    private const string ZonePrefix = "zone-";

    private static readonly FrozenSet<string> Names = FrozenSet.ToFrozenSet(["g", "rect", "circle", "ellipse", "line", "polyline", "polygon", "path", "text", "tspan"]);

    private static readonly FrozenDictionary<string, Regex> Attributes = new (Regex Form, string[] Names)[]
    {
        (Number(), ["x", "y", "width", "height", "rx", "ry", "cx", "cy", "r", "x1", "y1", "x2", "y2", "dx", "dy", "stroke-width", "font-size"]),
        (Numbers(), ["points", "stroke-dasharray", "viewBox"]),
        (PathData(), ["d"]),
        (Movement(), ["transform"]),
        (Anchor(), ["text-anchor"]),
        (None(), ["fill"]),
    }.SelectMany(g => g.Names, (g, name) => KeyValuePair.Create(name, g.Form)).ToFrozenDictionary();

    /// <summary>The plan; or why it is none, in a sentence for the log.</summary>
    /// <param name="zones">The zones of the school; what the drawing calls otherwise is a piece of the building.</param>
    public static bool TryRead(Stream drawing, IEnumerable<string> zones, [NotNullWhen(true)] out FloorPlan? plan, out string why)
    {
        (plan, why) = (null, "");
        try
        {
            using var reader = XmlReader.Create(drawing, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, MaxCharactersInDocument = MostBytes });
            var root = XElement.Load(reader);
            if (root.Name.LocalName != "svg") why = "its first element is not svg";
            else if (ViewBox(root) is not { Length: > 0 } box) why = "it has no viewBox, nor width and height";
            else if (root.Descendants().Take(MostElements + 1).Count() > MostElements) why = $"it has more than {MostElements} elements";
            else if (IsTooDeep(root)) why = $"its groups lie more than {MostDepth} deep";
            else plan = new FloorPlan(Cut(root.Elements().FirstOrDefault(e => e.Name.LocalName == "title")?.Value ?? ""), box, Within(root, [.. zones]));
        }
        catch (XmlException e)
        {
            why = e.Message;
        }

        return plan is not null;
    }

    // Deep nesting is told before anything walks down it.
    private static bool IsTooDeep(XElement root)
    {
        IEnumerable<XElement> level = [root];
        for (var depth = 0; depth <= MostDepth; depth++) level = level.Elements();
        return level.Any();
    }

    private static ImmutableArray<PlanElement> Within(XElement parent, HashSet<string> zones) => [.. parent.Elements().Where(e => Names.Contains(e.Name.LocalName)).Select(e => Rebuilt(e, zones))];

    private static PlanElement Rebuilt(XElement element, HashSet<string> zones)
    {
        var zone = ZoneOf(element, zones);
        return new(
        element.Name.LocalName, zone,
        [.. element.Attributes().Where(a => a.Name.Namespace == XNamespace.None && Attributes.TryGetValue(a.Name.LocalName, out var form) && form.IsMatch(a.Value)).Select(a => KeyValuePair.Create(a.Name.LocalName, a.Value.Trim()))],
        Within(element, zone.Length > 0 ? [] : zones), element.Name.LocalName is "text" or "tspan" ? Cut(string.Concat(element.Nodes().OfType<XText>().Select(t => t.Value))) : "");
    }

    // A zone stands once on a floor and holds no other: what comes later is drawn as a piece of the building.
    private static string ZoneOf(XElement element, HashSet<string> zones)
    {
        var id = element.Attribute("id")?.Value ?? "";
        var zone = element.Attribute("data-zone")?.Value ?? (id.StartsWith(ZonePrefix, StringComparison.Ordinal) ? id[ZonePrefix.Length..] : "");
        return zones.Remove(zone) ? zone : "";
    }

    private static string ViewBox(XElement root)
    {
        if (root.Attribute("viewBox")?.Value is { } box && BoxForm().IsMatch(box)) return box.Trim();
        var (width, height) = (Pixels(root, "width"), Pixels(root, "height"));
        return width.Length > 0 && height.Length > 0 ? $"0 0 {width} {height}" : "";
    }

    private static string Pixels(XElement root, string side) => root.Attribute(side)?.Value is { } value && Number().IsMatch(value.Replace("px", "", StringComparison.Ordinal)) ? value.Replace("px", "", StringComparison.Ordinal).Trim() : "";

    private static string Cut(string text) => text.Trim() is { Length: > MostText } wide ? wide[..MostText] : text.Trim();

    [GeneratedRegex(@"^\s*-?[0-9]{0,7}(\.[0-9]{1,9})?\s*$")]
    private static partial Regex Number();

    [GeneratedRegex(@"^\s*-?[0-9.]+([\s,]+-?[0-9.]+){3}\s*$")]
    private static partial Regex BoxForm();

    [GeneratedRegex(@"^[0-9eE\s,.+-]{1,20000}$")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"^[MmLlHhVvCcSsQqTtAaZz0-9eE\s,.+-]{1,20000}$")]
    private static partial Regex PathData();

    [GeneratedRegex(@"^\s*((matrix|translate|scale|rotate|skewX|skewY)\([0-9eE\s,.+-]{1,200}\)[\s,]*){1,5}$")]
    private static partial Regex Movement();

    [GeneratedRegex("^(start|middle|end)$")]
    private static partial Regex Anchor();

    // Of the colours only that there is none.
    [GeneratedRegex("^none$")]
    private static partial Regex None();
}
