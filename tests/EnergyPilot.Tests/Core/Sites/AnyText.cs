using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Schedules;
using FsCheck;
using FsCheck.Fluent;

namespace EnergyPilot.Tests.Core.Sites;

/// <summary>Whatever stands in a file, reading it ends with a value or with mistakes.</summary>
public sealed class AnyText
{
    private static readonly string[] Pieces =
    [
        "\t", ":", ": ", "- ", "? ", "&a ", "*a", "!!x ", "|", ">", "\"", "'", "{", "}", "[", "]", "#", "%", "\n", "\n\n---\n", "\0", "\uFFFD", "\uD800",
        "\\U0011FFFF", "0x", "9999999999999999999999", "NaN", "1e999", "<<: ", "~", "null", "24:00-00:00", "°C", "m³", "-", ".", ",", "none", "é",
    ];

    [Fact]
    public void A_spoiled_site_file_never_throws() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(Spoiled(SchoolFiles.Demo.Text).ToArbitrary(), text =>
            SchoolFiles.Parse(text).Mistakes.All(m => m is { Line: > 0, Column: > 0 } && Says(m.Found) && Says(m.Expected))));

    [Fact]
    public void A_spoiled_device_file_never_throws() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(Spoiled(SchoolFiles.DeviceTypes["ectocontrol-adapter-v2"].Text).ToArbitrary(), text =>
            DeviceTypeFile.Parse("x", new DocumentText("x.yaml", text)).Mistakes.All(m => m.Line > 0)));

    [Fact]
    public void A_spoiled_calendar_never_throws() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(Spoiled(SchoolFiles.Calendars["france-zone-b"].Text).ToArbitrary(), text =>
            HolidayFile.Parse(new DocumentText("x.csv", text)).Mistakes.All(m => m.Line > 0)));

    [Fact]
    public void Any_text_at_all_never_throws() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(
            Gen.Elements(Pieces.Append("site").Append("a: b\n").ToArray()).ListOf().Select(string.Concat).ToArbitrary(),
            text => !SchoolFiles.Parse(text).Mistakes.IsEmpty));

    /// <summary>The text with one to five pieces cut out, doubled, swapped or stuck in.</summary>
    private static Gen<string> Spoiled(string text) =>
        Gen.Choose(0, 3).SelectMany(kind => Gen.Choose(0, text.Length - 30).SelectMany(at => Gen.Choose(0, 29).SelectMany(length =>
            Gen.Elements(Pieces).Select(piece => (kind, at, length, piece))))).ListOf().Select(edits => edits.Take(5).Aggregate(text, Spoil));

    private static string Spoil(string text, (int Kind, int At, int Length, string Piece) edit)
    {
        var at = Math.Min(edit.At, text.Length);
        var cut = Math.Min(edit.Length, text.Length - at);
        return edit.Kind switch
        {
            0 => text.Remove(at, cut),
            1 => text.Insert(at, text.Substring(at, cut)),
            2 => text.Remove(at, cut).Insert(at, edit.Piece),
            _ => text.Insert(at, edit.Piece),
        };
    }

    private static bool Says(Saying saying) => saying.ToString().Length > 0 && saying.In(EnergyPilot.Gateway.Texts.Language.All["fr"].Loader.Find).Length > 0;
}
