namespace EnergyPilot.Tests.Io.Serial;

/// <summary>A null-modem cable between two serial ports, made by socat; disposing it unplugs both ends.</summary>
internal sealed class SocatCable : IAsyncDisposable
{
    private readonly PeerProcess socat;

    private SocatCable(PeerProcess socat, string near, string far) => (this.socat, Near, Far) = (socat, near, far);

    public string Near { get; }

    public string Far { get; }

    public static async Task<SocatCable> Plug(CancellationToken stop)
    {
        var socat = Peers.Need("socat", "socat");
        var process = PeerProcess.Start("/bin/sh", "-c", $"exec {socat} -d -d pty,raw,echo=0 pty,raw,echo=0 2>&1");
        var ends = new List<string>();
        while (await process.Line(stop) is { } line)
        {
            if (line.Contains("PTY is ", StringComparison.Ordinal))
                ends.Add(line.Split("PTY is ")[1].Trim());
            if (line.Contains("starting data transfer loop", StringComparison.Ordinal))
                return new SocatCable(process, ends[0], ends[1]);
        }

        throw new InvalidOperationException("socat ended before the cable was there.");
    }

    public ValueTask DisposeAsync() => socat.DisposeAsync();
}
