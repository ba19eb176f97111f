using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Texts;

namespace EnergyPilot.Gateway.Web;

/// <summary>
/// The event stream of a page: at each cycle the parts that changed, as the HTML that the page itself would show.
/// A cycle in which nothing changed still sends its time, so silence always means trouble.
/// </summary>
internal sealed class LiveEvents(LiveFrames frames, LiveView live, Traffic traffic, IHostApplicationLifetime host)
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(3);

    public async IAsyncEnumerable<SseItem<string>> Stream(Language language, string page, [EnumeratorCancellation] CancellationToken stop)
    {
        using var open = traffic.Open(StreamKind.Page);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, host.ApplicationStopping);
        var sent = LiveFrame.None;
        await using var cycles = live.Watch(either.Token).GetAsyncEnumerator(either.Token);
        while (await Next(cycles))
        {
            var frame = await frames.Of(cycles.Current, language, page);
            var news = frame.NewsSince(sent);
            sent = frame;
            yield return new SseItem<string>(news) { ReconnectionInterval = Retry };
        }
    }

    // A reader who leaves, or a gateway that stops, ends the stream; neither is an error.
    private static async Task<bool> Next(IAsyncEnumerator<CycleRecord> cycles)
    {
        try
        {
            return await cycles.MoveNextAsync();
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
