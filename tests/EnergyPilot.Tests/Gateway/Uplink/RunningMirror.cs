using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Uplink;
using EnergyPilot.Io.Sparkplug;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Tests.Gateway.Uplink;

/// <summary>A mirror on an edge node of its own, with a school whose cycles a test shows. The network lives in real time, the mirror's pauses in the test's.</summary>
internal sealed class RunningMirror : IAsyncDisposable
{
    private readonly CancellationTokenSource ending = new();
    private readonly JsonMirror mirror;
    private readonly Task running;

    public RunningMirror(int port)
    {
        var site = MirrorSchool.Site with { Uplink = MirrorSchool.UplinkTo(port) };
        Live.Show(MirrorSchool.Cycle(Time.GetUtcNow(), 19));
        Edge = new SparkplugEdge(
            Connection.Of(site.Uplink), () => new UplinkBirths(site, MirrorSchool.Directory, "log", 0).Of(Live.Latest, Time.GetUtcNow()), _ => { }, TimeProvider.System);
        mirror = new JsonMirror(Edge, Live, site, Time, NullLogger.Instance);
        running = Task.WhenAll(Edge.Run(ending.Token), mirror.Run(ending.Token));
    }

    public ManualTime Time { get; } = new(MirrorSchool.Morning);

    public LiveView Live { get; } = new();

    public SparkplugEdge Edge { get; }

    /// <summary>Ten seconds pass, and a cycle finds room CP this warm.</summary>
    public void Cycle(double room)
    {
        Time.Advance(TimeSpan.FromSeconds(10));
        Live.Show(MirrorSchool.Cycle(Time.GetUtcNow(), room));
    }

    /// <summary>Cycles in which nothing changes, until this holds.</summary>
    public async Task Until(Func<bool> condition, CancellationToken stop)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!condition())
        {
            await beat.WaitForNextTickAsync(stop);
            Live.Show(MirrorSchool.Cycle(Time.GetUtcNow(), 19));
        }
    }

    /// <summary>The same until what is waited for has come.</summary>
    public async Task<T> Until<T>(Task<T> awaited, CancellationToken stop)
    {
        await Until(() => awaited.IsCompleted, stop);
        return await awaited;
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Edge.Dispose();
        ending.Dispose();
    }
}
