using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;

namespace EnergyPilot.Gateway.Web.School;

/// <summary>Elements of a plan as markup. Names and attributes are those that the reader let pass; texts are escaped here.</summary>
internal static class PlanMarkup
{
    /// <summary>A piece of the building that is no zone, with everything in it; a zone's place is left to whoever draws zones.</summary>
    public static MarkupString Of(IEnumerable<PlanElement> elements)
    {
        var text = new StringBuilder();
        foreach (var element in elements) Write(element, text);
        return new MarkupString(text.ToString());
    }

    /// <summary>The middle of what is drawn, for a label; null when there is no simple shape to go by.</summary>
    public static (string X, string Y)? Middle(PlanElement zone)
    {
        if (zone.AndWithin.FirstOrDefault(e => e.IsTemperature) is { } place) return (place["x"], place["y"]);
        var boxes = zone.AndWithin.Select(Box).Where(b => b.Length == 4).ToList();
        if (boxes.Count == 0) return null;
        var (left, top, right, bottom) = (boxes.Min(b => b[0]), boxes.Min(b => b[1]), boxes.Max(b => b[2]), boxes.Max(b => b[3]));
        return (Written((left + right) / 2), Written((top + bottom) / 2));
    }

    private static void Write(PlanElement element, StringBuilder text)
    {
        if (element.IsTemperature) return;
        text.Append('<').Append(element.Name);
        foreach (var (name, value) in element.Attributes) text.Append(' ').Append(name).Append("=\"").Append(HtmlEncoder.Default.Encode(value)).Append('"');
        text.Append('>').Append(HtmlEncoder.Default.Encode(element.Text));
        foreach (var child in element.Children) Write(child, text);
        text.Append("</").Append(element.Name).Append('>');
    }

    // Of paths nothing is worked out: whoever draws a room as a path puts a rectangle or a polygon with it, or does without the label.
    private static double[] Box(PlanElement shape) => shape.Name switch
    {
        "rect" => [Value(shape, "x"), Value(shape, "y"), Value(shape, "x") + Value(shape, "width"), Value(shape, "y") + Value(shape, "height")],
        "circle" => Round(shape, Value(shape, "r"), Value(shape, "r")),
        "ellipse" => Round(shape, Value(shape, "rx"), Value(shape, "ry")),
        "polygon" or "polyline" => Corners([.. shape["points"].Split([' ', ',', '\n', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(Number)]),
        _ => [],
    };

    private static double[] Round(PlanElement shape, double rx, double ry) => [Value(shape, "cx") - rx, Value(shape, "cy") - ry, Value(shape, "cx") + rx, Value(shape, "cy") + ry];

    private static double[] Corners(ImmutableArray<double> points)
    {
        if (points.Length < 4) return [];
        var (xs, ys) = (points.Where((_, i) => i % 2 == 0).ToList(), points.Where((_, i) => i % 2 == 1).ToList());
        return [xs.Min(), ys.Min(), xs.Max(), ys.Max()];
    }

    private static double Value(PlanElement shape, string attribute) => Number(shape[attribute]);

    private static double Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string Written(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);
}
