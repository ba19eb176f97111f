using System.Globalization;

namespace EnergyPilot.Gateway.Web;

/// <summary>Cells of the tables that people open in a spreadsheet (RFC 4180).</summary>
internal static class Csv
{
    /// <summary>A cell that a spreadsheet would take for a formula begins with an apostrophe (OWASP, CSV injection); one with separators, quotes or line ends stands in quotes.</summary>
    public static string Cell(string text, char separator)
    {
        if (text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠', ..]) text = "'" + text;
        return text.AsSpan().IndexOfAny([separator, '"', '\r', '\n', ';', ',', '\t']) >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    /// <summary>The same where numbers are written as programs write them: a sign and a number is no formula.</summary>
    public static string CellOrNumber(string text, char separator) =>
        text is ['+' or '-', ..] && double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _) ? text : Cell(text, separator);
}
