using EnergyPilot.Io.MBus;

namespace EnergyPilot.Tests.Io.MBus;

/// <summary>Master and meters at the two ends of a pair of terminals (socat), as serial ports are.</summary>
public sealed class PtyTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience.Hang)]
    public async Task Meters_are_read_through_terminals()
    {
        var folder = Directory.CreateTempSubdirectory("mbus");
        var (ours, theirs) = (Path.Combine(folder.FullName, "master"), Path.Combine(folder.FullName, "meters"));
        var socat = Peers.Need("socat", "socat");
        var peer = PeerProcess.Start(socat, $"pty,raw,echo=0,link={ours}", $"pty,raw,echo=0,link={theirs}");
        var heat = VirtualMeters.Heat(0x12345678, 1);
        var talkative = VirtualMeters.Talkative(0x90000007, 7, 120);
        await using var line = await Open(theirs);
        var serving = new MBusSlave(heat, talkative).Serve(line, Stop);

        await using (var master = new MBusMaster(async _ => await Open(ours), new MBusLine(9600, TimeSpan.Zero), TimeProvider.System))
        {
            var reading = await master.Read(MBusAddress.Primary(1), TimeSpan.FromSeconds(20), Stop);
            reading.Telegram.ShouldNotBeNull().Records[1].Number.ShouldBe(37_351_000);
            reading = await master.Read(MBusAddress.Secondary(talkative.Identity), TimeSpan.FromSeconds(20), Stop);
            reading.Telegram.ShouldNotBeNull().Records.Count.ShouldBe(120);
        }

        // A read of a terminal cannot be cancelled: it ends when the other end is gone.
        await peer.DisposeAsync();
        await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        folder.Delete(recursive: true);
    }

    // socat makes the terminals a moment after it started.
    private static async Task<Stream> Open(string path)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!File.Exists(path))
            await timer.WaitForNextTickAsync(Stop);
        return new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0, useAsync: true);
    }
}
