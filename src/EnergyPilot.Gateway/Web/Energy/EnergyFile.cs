using System.Globalization;
using System.Text;
using EnergyPilot.Core.Energy;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Texts;

namespace EnergyPilot.Gateway.Web.Energy;

/// <summary>
/// All meters in a period as a table for a spreadsheet (RFC 4180, CRLF), by the hour for a day, else by the day. It opens with a double click where the
/// reader sits: numbers as the reader's language writes them, and the separator that spreadsheets there expect (a semicolon where the comma is the decimal mark);
/// UTF-8 with a byte order mark, without which they take é for Ã©. Programs read /api/v1/energy, which is the same everywhere.
/// No cell of text can begin a formula.
/// </summary>
internal static class EnergyFile
{
    public const string ContentType = "text/csv; charset=utf-8";

    public static string Name(EnergyPeriod period) =>
        string.Create(CultureInfo.InvariantCulture, $"energy-{period.Length.ToString().ToLowerInvariant()}-{period.First:yyyy-MM-dd}.csv");

    public static string Of(EnergyPeriod period, EnergyDesk desk, Reader reader)
    {
        var separator = reader.Language.Culture.NumberFormat.NumberDecimalSeparator == "," ? ';' : ',';
        var text = new StringBuilder("\uFEFF");
        Row(text, separator, [.. Heads(reader).Select(head => Csv.Cell(head, separator))]);
        var byHour = period.Length == PeriodLength.Day;
        foreach (var meter in reader.Site.Meters)
            foreach (var day in desk.Days(meter, period))
            {
                var account = EnergyAccount.Of(EnergyPeriod.Of(byHour ? PeriodLength.Day : PeriodLength.Week, day.Day.Day), [day], reader.Now);
                foreach (var bar in account.Bars) Row(text, separator, [Csv.Cell(meter.Name, separator), .. Cells(meter, bar, byHour, reader)]);
            }

        return text.ToString();
    }

    private static IEnumerable<string> Heads(Reader reader) =>
    [
        reader.Say(Phrase.EnergyMeter), reader.Say(Phrase.EnergyWhen), reader.Say(Phrase.EnergyAmount), reader.Say(Phrase.EnergyUnit),
        .. Enum.GetValues<Occupied>().Select(o => reader.Word(o)), reader.Say(Phrase.EnergyKnownShare), reader.Say(Phrase.Outdoor) + " (°C)", "€", "CO₂ (kg)",
    ];

    private static IEnumerable<string> Cells(Meter meter, EnergyBar bar, bool byHour, Reader reader)
    {
        var culture = reader.Language.Culture;
        string Number(double? value, string format) => value is { } number && double.IsFinite(number) ? number.ToString(format, culture) : "";
        return
        [
            reader.Site.Local(bar.From).ToString(byHour ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd", CultureInfo.InvariantCulture),
            Number(bar.Amount, "0.###"), meter.Medium == Medium.Water ? "m³" : "kWh", .. bar.ByUse.Select(a => bar.IsGap ? "" : Number(a, "0.###")),
            Number(bar.Measured * 100, "0"), Number(bar.OutdoorC, "0.0"), Number(meter.CostEuro(bar.Amount), "0.00"), Number(meter.EmissionsKg(bar.Amount), "0.00"),
        ];
    }

    private static void Row(StringBuilder text, char separator, string[] cells) => text.AppendJoin(separator, cells).Append("\r\n");
}
