using System.Globalization;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Gateway.Web.Access;

/// <summary>What is asked of the audit, as an address says it: days of the school, both included.</summary>
internal sealed record AuditQuery(string Who, string What, string Subject, string From, string To)
{
    private const int LongestText = 100;

    public static AuditQuery Of(IQueryCollection query) => Of($"{query["who"]}", $"{query["what"]}", $"{query["subject"]}", $"{query["from"]}", $"{query["to"]}");

    public static AuditQuery Of(string who, string what, string subject, string from, string to) => new(Bounded(who), Bounded(what), Bounded(subject), Bounded(from), Bounded(to));

    public bool IsEmpty => Who is "" && What is "" && Subject is "" && From is "" && To is "";

    /// <summary>The filter; a day that is none does not matter.</summary>
    public AuditFilter Filter(Site site) => new(
        Who, What, Subject,
        Day(From) is { } from ? site.Instant(from) : DateTimeOffset.UnixEpoch,
        Day(To) is { } to ? site.Instant(to.AddDays(1)) : DateTimeOffset.MaxValue);

    /// <summary>The same for a link, with another parameter in front where one is given.</summary>
    public string Link(string path, params ReadOnlySpan<(string Name, string Value)> more)
    {
        List<KeyValuePair<string, string?>> all = [];
        foreach (var (name, value) in more) all.Add(new(name, value));
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)[("who", Who), ("what", What), ("subject", Subject), ("from", From), ("to", To)])
            if (value is not "") all.Add(new(name, value));
        return path + QueryString.Create(all);
    }

    private static string Bounded(string text) => text.Trim() is { Length: > LongestText } known ? known[..LongestText] : text.Trim();

    private static DateTime? Day(string text) =>
        DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1970 and < 2200 ? day : null;
}
