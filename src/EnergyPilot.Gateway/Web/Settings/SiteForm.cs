using System.Globalization;
using EnergyPilot.Core.Documents;
using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Gateway.Web.Settings;

/// <summary>The site's text as somebody sent it, on which version it rests, and what became of it.</summary>
/// <param name="Text">With the line ends of the site's own text.</param>
/// <param name="Seen">Hash of the text whose preview was looked at last; only that one is applied.</param>
internal sealed record SiteForm(DocumentText Text, long BasedOn, string Note, string Seen)
{
    /// <summary>As browsers send it: every line end is a carriage return and a line feed.</summary>
    public static SiteForm Typed(IFormCollection form, SiteDesk desk)
    {
        var plain = form["text"].ToString().Replace("\r\n", "\n", StringComparison.Ordinal);
        if (desk.Text.Text.Contains("\r\n", StringComparison.Ordinal)) plain = plain.Replace("\n", "\r\n", StringComparison.Ordinal);
        return new(desk.Text with { Text = plain }, Version(form), form["note"].ToString().Trim(), form["seen"].ToString());
    }

    public static SiteForm Of(SiteDesk desk) => new(desk.Text, desk.Version, "", "");

    public static long Version(IFormCollection form) => long.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;

    /// <summary>Whether what is sent is what was looked at.</summary>
    public bool IsSeen => Seen == SiteBook.Hash(Text.Text);
}
