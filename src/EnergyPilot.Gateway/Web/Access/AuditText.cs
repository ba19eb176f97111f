using System.Globalization;
using System.Text;
using System.Text.Json;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Texts;

namespace EnergyPilot.Gateway.Web.Access;

/// <summary>The audit for people and for other programs.</summary>
internal static class AuditText
{
    private const int RowsAtOnce = 500;

    /// <summary>A deed in the reader's words; as it was written where there are none.</summary>
    public static string Deed(Reader reader, string what) =>
        Enum.TryParse<Deed>(what.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var deed) && Enum.IsDefined(deed) ? reader.Word(deed) : what;

    /// <summary>A deed as the audit writes it: "sign-in refused", "override ended".</summary>
    public static string Written(Deed deed) => string.Concat(deed.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"))
        .Replace("sign in ", "sign-in ", StringComparison.Ordinal);

    /// <summary>Entries, newest first, a few hundred in memory at a time.</summary>
    public static IEnumerable<AuditEntry> All(AuditLog audit, AuditFilter filter)
    {
        for (var before = long.MaxValue; ;)
        {
            var page = audit.Page(filter, before, RowsAtOnce);
            foreach (var entry in page) yield return entry;
            if (page.Length < RowsAtOnce) yield break;
            before = page[^1].Id;
        }
    }

    public static async Task WriteCsv(IEnumerable<AuditEntry> entries, Stream stream, CancellationToken stop)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await writer.WriteAsync("id,time,who,from,what,subject,old,new\r\n".AsMemory(), stop);
        foreach (var e in entries)
{
            var cells = new[] { e.Who, e.Origin, e.What, e.Subject, e.Old, e.New }.Select(text => Csv.CellOrNumber(text, ','));
            await writer.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{e.Id},{e.At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'},{string.Join(',', cells)}\r\n").AsMemory(), stop);
        }
    }

    public static Task WriteJson(IEnumerable<AuditEntry> entries, Stream stream, CancellationToken stop) =>
        JsonSerializer.SerializeAsync(stream, entries.Select(AuditAnswer.Of), JsonSerializerOptions.Web, stop);
}

/// <summary>A line of the audit.</summary>
internal sealed record AuditAnswer(long Id, DateTimeOffset At, string Who, string From, string What, string Subject, string Old, string New)
{
    public static AuditAnswer Of(AuditEntry entry) => new(entry.Id, entry.At.ToUniversalTime(), entry.Who, entry.Origin, entry.What, entry.Subject, entry.Old, entry.New);
}
