using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace EnergyPilot.Gateway.Texts;

/// <summary>A language of the page: one file in Texts/. To add one, add its file.</summary>
/// <param name="Code">Two letters, the name of its file.</param>
/// <param name="Name">What its speakers call it.</param>
/// <param name="Culture">How it writes numbers and days; from the file, not from the machine's tables, which a small gateway does without.</param>
/// <param name="Percent">What stands behind a percentage, with its space if it has one.</param>
/// <param name="Plural">From which count on it uses the plural.</param>
/// <param name="Texts">Every sentence by "section.name".</param>
internal sealed record Language(
    string Code, string Name, CultureInfo Culture, string Percent, PluralRule Plural, FrozenDictionary<string, Template> Texts)
{
    /// <summary>All languages, by code.</summary>
    public static readonly FrozenDictionary<string, Language> All = ReadAll();

    /// <summary>For readers whose language we do not have.</summary>
    public static Language Fallback => All["en"];

    /// <summary>What the reader of site and device files says.</summary>
    public LoaderTexts Loader { get; } = new(Code);

    /// <summary>The text of this name. A name without one shows itself: a page with an odd word beats no page.</summary>
    public Template this[string name] => Texts.TryGetValue(name, out var text) ? text : Template.Parse(name);

    /// <summary>The language that was chosen before, else the first of Accept-Language that there is.</summary>
    public static Language Choose(string? chosen, IEnumerable<string> accepted)
    {
        foreach (var code in accepted.Select(a => a.Split('-')[0].ToLowerInvariant()).Prepend(chosen ?? ""))
            if (All.TryGetValue(code, out var language)) return language;
        return Fallback;
    }

    internal static Language Parse(string code, string json)
    {
        var sections = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(json)
            ?? throw new FormatException($"The texts of {code} are empty");
        var about = sections["language"];
        var texts = sections.Where(s => s.Key is not ("language" or LoaderTexts.Section))
            .SelectMany(s => s.Value.Select(t => KeyValuePair.Create($"{s.Key}.{t.Key}", Template.Parse(t.Value))));
        return new Language(
            code, about["name"], CultureOf(about), about["percent"], Enum.Parse<PluralRule>(about["plural"]), texts.ToFrozenDictionary());
    }

    private static CultureInfo CultureOf(Dictionary<string, string> about)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = about["decimal"];
        culture.NumberFormat.NumberGroupSeparator = about["thousands"];
        var dates = culture.DateTimeFormat;
        (dates.DayNames, dates.AbbreviatedDayNames) = (about["days"].Split(' '), about["shortDays"].Split(' '));

        // The calendar has room for a thirteenth month.
        dates.MonthNames = dates.MonthGenitiveNames = [.. about["months"].Split(' '), ""];
        dates.AbbreviatedMonthNames = dates.AbbreviatedMonthGenitiveNames = [.. about["shortMonths"].Split(' '), ""];
        return culture;
    }

    private static FrozenDictionary<string, Language> ReadAll()
    {
        var assembly = typeof(Language).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith("Texts/", StringComparison.Ordinal))
            .Select(n =>
            {
                var code = Path.GetFileNameWithoutExtension(n);
                using var reader = new StreamReader(Open(code));
                return Parse(code, reader.ReadToEnd());
            })
            .ToFrozenDictionary(l => l.Code);
    }

    internal static Stream Open(string code) =>
        typeof(Language).Assembly.GetManifestResourceStream($"Texts/{code}.json") ?? throw new FileNotFoundException(code);
}

/// <summary>Where the plural begins: "0 zones, 1 zone, 2 zones" or "0 zone, 1 zone, 2 zones".</summary>
internal enum PluralRule { AllButOne, FromTwo }
