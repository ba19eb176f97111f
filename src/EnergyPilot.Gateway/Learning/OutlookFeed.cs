using System.Text;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Forecasts;

namespace EnergyPilot.Gateway.Learning;

/// <summary>
/// Where forecasts come from: a file, read again when it has changed, or an address, asked once an hour. What cannot be read is told once and changes
/// nothing: the hours that were known run out by themselves, and then the control expects what there is now.
/// </summary>
internal sealed partial class OutlookFeed(string where, HttpClient http, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Again = TimeSpan.FromHours(1), AgainAfterTrouble = TimeSpan.FromMinutes(10);

    private (DateTime Written, long Length) file;
    private DateTimeOffset next = DateTimeOffset.MinValue;
    private string fault = "", told = "nothing was read yet";

    /// <summary>The newest good outlook.</summary>
    public Outlook Outlook { get; private set; } = Outlook.None;

    public static bool IsAddress(string where) =>
        Uri.TryCreate(where, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);

    /// <summary>A client that no server can keep waiting or fill with bytes.</summary>
    public static HttpClient Client(TimeSpan patience) => new() { Timeout = patience, MaxResponseContentBufferSize = OutlookFile.Longest };

    /// <summary>Looks whether there is something new; asks no more often than it should.</summary>
    /// <param name="now">By the clock of the school.</param>
    public async Task Look(DateTimeOffset now, CancellationToken stop)
    {
        try
        {
            if (await Text(stop) is { } text) fault = Taken(text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or HttpRequestException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            (fault, file, next) = (e is OperationCanceledException ? "no answer in time" : e.Message.TrimEnd('.'), default, time.GetUtcNow() + AgainAfterTrouble);
        }

        Tell(fault.Length > 0 ? fault : Ended(now));
    }

    private async Task<string?> Text(CancellationToken stop)
    {
        if (!IsAddress(where)) return await Changed(stop);
        var now = time.GetUtcNow();
        if (now < next && next - now <= Again) return null;
        next = now + Again;
        return Encoding.UTF8.GetString(await http.GetByteArrayAsync(new Uri(where), stop));
    }

    private async Task<string?> Changed(CancellationToken stop)
    {
        var info = new FileInfo(where);
        if (!info.Exists) throw new FileNotFoundException("there is no such file");
        var seen = (info.LastWriteTimeUtc, info.Length);
        if (seen == file) return null;
        file = seen;
        if (info.Length > OutlookFile.Longest) throw new IOException($"it has {info.Length / 1024} kB; at most {OutlookFile.Longest / 1024} are read");
        return Encoding.UTF8.GetString(await File.ReadAllBytesAsync(where, stop));
    }

    // What is wrong with it; empty when it was taken.
    private string Taken(string text)
    {
        var parsed = OutlookFile.Parse(new DocumentText(where, text));
        if (parsed.TryGet(out var outlook))
        {
            Outlook = outlook;
            return "";
        }

        next = time.GetUtcNow() + AgainAfterTrouble;
        return parsed.Mistakes[0].ToString().TrimEnd('.');
    }

    private string Ended(DateTimeOffset now)
    {
        var end = Outlook.Hours.IsEmpty ? DateTimeOffset.MaxValue : Outlook.From.AddHours(Outlook.Hours.Length);
        return end > now ? "" : $"its last hour ended at {end.UtcDateTime:yyyy-MM-dd HH:mm} UTC";
    }

    // On change only: a feed that is down for a week is one line of the log.
    private void Tell(string trouble)
    {
        if (trouble == told) return;
        told = trouble;
        if (trouble.Length > 0) LogTrouble(log, where, trouble);
        else LogWorks(log, where);
    }

    [LoggerMessage(LogLevel.Warning, "The outlook {Where}: {Trouble}. For hours that nobody forecasts the planner takes yesterday's weather, the rules that of now")]
    private static partial void LogTrouble(ILogger log, string where, string trouble);

    [LoggerMessage(LogLevel.Information, "The outlook {Where} is used")]
    private static partial void LogWorks(ILogger log, string where);
}
