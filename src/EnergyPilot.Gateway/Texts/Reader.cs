using System.Globalization;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Field;

namespace EnergyPilot.Gateway.Texts;

/// <summary>Who reads: in which language, on which school's clocks, and when. Turns reasons, numbers and times into words.</summary>
internal sealed record Reader(Language Language, Site Site, DateTimeOffset Now)
{
    private const string Nbsp = "\u00a0";

    /// <summary>What is shown for a value that nobody knows.</summary>
    public const string Unknown = "–";

    public string Sentence(Reason reason) => Capital(Render($"reason.{reason.Code}", reason.Facts.AsSpan()));

    public string Say(Phrase phrase, params ReadOnlySpan<Fact> facts) => Capital(Render($"page.{phrase}", facts));

    /// <summary>What the reader of site and device files says.</summary>
    public string Say(Saying saying) => saying.In(Language.Loader.Find);

    /// <summary>What is wrong in a file; its place stands beside it.</summary>
    public string Say(Mistake mistake) => Say(
        Phrase.SiteMistake, Fact.Of("found", Say(mistake.Found)), Fact.Of("expected", Say(mistake.Expected)), Fact.Of("nearest", mistake.Nearest));

    /// <summary>What is wrong with a line.</summary>
    public string Sentence(LineTrouble trouble) => Capital(Render($"{nameof(LineFault)}.{trouble.Fault}", trouble.Facts.AsSpan()));

    /// <summary>A word of the trade: mode, use, severity, medium, reliability, priority, state.</summary>
    public string Word<T>(T word) where T : struct, Enum => Raw($"{typeof(T).Name}.{word}");

    public string Temperature(Celsius value) => Number(value.Degrees, "0.0", $"{Nbsp}°C");

    public string Temperature(Reading reading) => Temperature(reading.IsReliable ? new Celsius(reading.Value) : new Celsius(double.NaN));

    public string Percent(Share share) => Number(Math.Round(share.Value * 100), "0", Language.Percent);

    /// <summary>A number of this format with its unit; a number that is none shows as a dash.</summary>
    public string Number(double value, string format, string unit)
    {
        if (!double.IsFinite(value)) return Unknown;
        var text = value.ToString(format, Language.Culture).Replace('-', '−');
        return (text is "−0,0" or "−0.0" or "−0" ? text[1..] : text) + unit;
    }

    public string Energy(KilowattHours energy) => Math.Abs(energy.Value) >= 10_000
        ? Number(energy.Value / 1000, "#,0.0", $"{Nbsp}MWh")
        : Number(energy.Value, Math.Abs(energy.Value) < 10 ? "0.0" : "#,0", $"{Nbsp}kWh");

    /// <summary>A time of today by its hour, of the next or last days by the day's name, else by its date (a far midnight is the date alone).</summary>
    public string Time(DateTimeOffset at)
    {
        var (local, today) = (Site.Local(at), Site.Local(Now).Date);
        var days = (local.Date - today).Days;
        var format = days == 0 ? "format.today"
            : Math.Abs(days) < 7 ? "format.day"
            : local.TimeOfDay == TimeSpan.Zero ? "format.dateOnly" : "format.date";
        return local.ToString(Raw(format), Language.Culture);
    }

    /// <summary>A day of the week, as a name within a sentence.</summary>
    public string WeekDay(DateOnly day) => day.ToString("dddd", Language.Culture);

    /// <summary>A day without its year: "Tue 3 Nov".</summary>
    public string Date(DateOnly day) => day.ToString(Raw("format.dateOnly"), Language.Culture);

    /// <summary>A day with its year: "3 Nov 2027".</summary>
    public string FullDate(DateTimeOffset at) => Site.Local(at).ToString(Raw("format.fullDate"), Language.Culture);

    /// <summary>To the second, with its year: for what must be told apart.</summary>
    public string Moment(DateTimeOffset at) => Site.Local(at).ToString(Raw("format.moment"), Language.Culture);

    /// <summary>A day with its weekday and year: "Tue 3 Nov 2026".</summary>
    public string FullDate(DateOnly day) => day.ToString(Raw("format.fullDay"), Language.Culture);

    /// <summary>A month with its year: "November 2026".</summary>
    public string Month(DateOnly day) => Capital(day.ToString("MMMM yyyy", Language.Culture));

    /// <summary>A time of day, also 24:00.</summary>
    public static string TimeOfDay(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}");

    public string Clock(DateTimeOffset at) => Site.Local(at).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    public string Duration(TimeSpan span) => span switch
    {
        { TotalSeconds: < 60 } => Raw("format.seconds", Fact.Count("n", (int)Math.Round(span.TotalSeconds))),
        { TotalMinutes: < 59.5 } => Raw("format.minutes", Fact.Count("n", (int)Math.Round(span.TotalMinutes))),
        { TotalHours: < 48 } => Hours((int)Math.Round(span.TotalMinutes)),
        _ => Raw("format.days", Fact.Count("n", (int)Math.Round(span.TotalDays))),
    };

    /// <summary>A fact as text; null when it is missing: not a number, or a time before or after all clocks.</summary>
    public string? Show(Fact fact) => fact.Kind switch
    {
        FactKind.Text => fact.Text is "" ? null : fact.Text,
        _ when !double.IsFinite(fact.Number) => null,
        FactKind.Temperature => Temperature(new Celsius(fact.Number)),
        FactKind.Difference => Number(fact.Number, "0.0", $"{Nbsp}K"),
        FactKind.Share => Percent(new Share(fact.Number)),
        FactKind.Duration => Duration(TimeSpan.FromSeconds(Math.Clamp(fact.Number, 0, int.MaxValue))),
        FactKind.Time => ShowTime(fact.Number),
        FactKind.Count => Number(fact.Number, "0", ""),
        _ => null,
    };

    private string? ShowTime(double seconds)
    {
        var (earliest, latest) = (Now.AddYears(-50).ToUnixTimeSeconds(), Now.AddYears(50).ToUnixTimeSeconds());
        return seconds < earliest || seconds > latest ? null : Time(DateTimeOffset.FromUnixTimeSeconds((long)seconds));
    }

    private string Hours(int minutes) => minutes % 60 == 0
        ? Raw("format.hours", Fact.Count("h", minutes / 60))
        : Raw("format.hoursMinutes", Fact.Count("h", minutes / 60), Fact.Of("m", (minutes % 60).ToString("00", CultureInfo.InvariantCulture)));

    private static string Capital(string sentence) => sentence.Length == 0 ? sentence : char.ToUpperInvariant(sentence[0]) + sentence[1..];

    private string Raw(string name, params ReadOnlySpan<Fact> facts) => Render(name, facts);

    private string Render(string name, ReadOnlySpan<Fact> facts)
    {
        Dictionary<string, Fact> byName = [];
        foreach (var fact in facts) byName[fact.Name] = fact;
        return Language[name].Render(
            wanted => byName.TryGetValue(wanted, out var fact) ? Show(fact) : null,
            (wanted, one, many) => byName.TryGetValue(wanted, out var fact) && IsOne(fact.Number) ? one : many);
    }

    private bool IsOne(double count) => Language.Plural == PluralRule.FromTwo ? Math.Abs(count) < 2 : count == 1;
}
