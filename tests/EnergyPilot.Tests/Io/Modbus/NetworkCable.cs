namespace EnergyPilot.Tests.Io.Modbus;

/// <summary>A network cable to a network of its own in the kernel (veth, network namespace), which takes root's rights; elsewhere the test is skipped.</summary>
internal sealed class NetworkCable : IAsyncDisposable
{
    public const string FarAddress = "169.254.213.2";
    private const string NearAddress = "169.254.213.1";

    private readonly string ip;
    private readonly string network = $"ep{Environment.ProcessId}";

    private NetworkCable(string ip) => this.ip = ip;

    public static async Task<NetworkCable> Lay(CancellationToken stop)
    {
        var cable = new NetworkCable(Peers.Need("ip", "iproute2"));
        string[] steps =
        [
            $"netns add {cable.network}",
            $"link add {cable.network} type veth peer name far netns {cable.network}",
            $"address add {NearAddress}/30 dev {cable.network}",
            $"link set {cable.network} up",
            $"-n {cable.network} address add {FarAddress}/30 dev far",
            $"-n {cable.network} link set far up",
        ];
        foreach (var step in steps)
            if (await cable.Ip(step, stop) is { Length: > 0 } trouble)
            {
                await cable.DisposeAsync();
                Assert.Skip($"No network of its own can be made here (ip {step}): {trouble}");
            }

        return cable;
    }

    /// <summary>Starts a program on the far side of the cable.</summary>
    public PeerProcess StartAtFarEnd(string program) => PeerProcess.Start(ip, "netns", "exec", network, program);

    public Task Pull(CancellationToken stop) => Change("down", stop);

    public Task Plug(CancellationToken stop) => Change("up", stop);

    public async ValueTask DisposeAsync() => await Ip($"netns delete {network}", CancellationToken.None);

    private async Task Change(string state, CancellationToken stop) => (await Ip($"-n {network} link set far {state}", stop)).ShouldBeEmpty();

    private async Task<string> Ip(string arguments, CancellationToken stop)
    {
        await using var run = PeerProcess.Start(ip, arguments.Split(' '));
        return await run.Output(stop);
    }
}
