namespace EnergyPilot.Benchmarks.Page;

/// <summary>So many browsers that watch the school's page: each keeps its event stream open and reads what comes.</summary>
internal sealed class Watchers : IAsyncDisposable
{
    private readonly CancellationTokenSource ending = new();
    private readonly HttpClient client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 200 }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly Task[] readers;
    private long events;

    public Watchers(Uri address, int count)
    {
        var stream = new Uri(address, "/events");
        readers = [.. Enumerable.Range(0, count).Select(i => Task.Run(() => Read(stream, i % 2 == 0 ? "fr" : "en")))];
    }

    /// <summary>Events that have come to all of them together.</summary>
    public long Events => Interlocked.Read(ref events);

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await Task.WhenAll(readers);
        client.Dispose();
        ending.Dispose();
    }

    private async Task Read(Uri stream, string language)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, stream);
            request.Headers.AcceptLanguage.ParseAdd(language);
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ending.Token);
            using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(ending.Token));
            while (await reader.ReadLineAsync(ending.Token) is { } line)
                if (line.StartsWith("data:", StringComparison.Ordinal)) Interlocked.Increment(ref events);
        }
        catch (OperationCanceledException)
        {
            // The benchmark is over.
        }
    }
}
