using System.Globalization;
using System.Text;

namespace EnergyPilot.Gateway.Web;

/// <summary>Text in Prometheus's exposition format 0.0.4. A family that gets no line is left out.</summary>
internal sealed class MetricsText
{
    private readonly StringBuilder text = new(8192);
    private string head = "";

    public void Family(string name, string kind, string help) => head = $"# HELP {name} {help}\n# TYPE {name} {kind}\n";

    public void Line(string name, ReadOnlySpan<(string Name, string Value)> labels, double value)
    {
        text.Append(head).Append(name);
        head = "";
        for (var i = 0; i < labels.Length; i++)
            text.Append(i == 0 ? '{' : ',').Append(labels[i].Name).Append("=\"").Append(Escaped(labels[i].Value)).Append('"');
        if (labels.Length > 0) text.Append('}');
        text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    public override string ToString() => text.ToString();

    private static string Escaped(string value) => value.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n");
}
