using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using EnergyPilot.Io.Mqtt;
using EnergyPilot.Io.Sparkplug;
using EnergyPilot.Tests.Io.Mqtt;

namespace EnergyPilot.Tests.Io.Sparkplug.Edge;

/// <summary>An edge node under test, and a port on which the test plays the server byte by byte.</summary>
internal sealed class EdgeStage : IAsyncDisposable
{
    private readonly CancellationTokenSource ending = new();
    private readonly Channel<SparkplugStanding> changes = Channel.CreateUnbounded<SparkplugStanding>();
    private readonly FakeBroker broker = new();
    private readonly ConcurrentQueue<SparkplugCommand> commands = new();

    public EdgeStage(MqttVersion version = MqttVersion.V50, Func<SparkplugEdgeOptions, SparkplugEdgeOptions>? with = null, TimeProvider? time = null)
    {
        var options = new SparkplugEdgeOptions
        {
            Mqtt = new MqttOptions { Host = "127.0.0.1", Port = broker.Port, ClientId = "gateway", Version = version },
            Group = "Ville",
            Node = "École 1",
        };
        Version = version;
        Edge = new SparkplugEdge(with?.Invoke(options) ?? options, () => Birth, asked => { foreach (var command in asked) commands.Enqueue(command); }, time ?? TimeProvider.System);
        Edge.Changed += standing => changes.Writer.TryWrite(standing);
        Running = Edge.Run(ending.Token);
    }

    public static DateTimeOffset At { get; } = new(2026, 1, 12, 7, 30, 0, TimeSpan.Zero);

    public SparkplugEdge Edge { get; }

    public MqttVersion Version { get; }

    public Task Running { get; }

    public SparkplugBirth Birth { get; set; } = School;

    /// <summary>A node with one metric with and one without an alias, and two devices.</summary>
    public static SparkplugBirth School { get; } = new(
        [Metric("Outdoor/Temperature", 1, SparkplugType.Double, SparkplugScalar.Of(-3.5)), Metric("Site", 0, SparkplugType.String, SparkplugScalar.Of("École"))],
        [
            new("CP", [Metric("Temperature", 10, SparkplugType.Float, SparkplugScalar.Of(19.5)), Metric("Setpoint", 11, SparkplugType.Double, SparkplugScalar.None)]),
            new("Boiler", [Metric("On", 20, SparkplugType.Boolean, SparkplugScalar.Of(true)), Metric("Starts", 21, SparkplugType.UInt32, SparkplugScalar.Of(7))]),
        ]);

    public static SparkplugBirthMetric Metric(string name, ulong alias, SparkplugType type, SparkplugScalar value) => new(name, alias, type, value, At);

    public static SparkplugDatum Datum(ulong alias, double value, int second = 0) => new(alias, SparkplugScalar.Of(value), At.AddSeconds(second));

    /// <summary>Accepts the next connection and reads CONNECT.</summary>
    public async Task<EdgeLine> Accept(CancellationToken stop)
    {
        var line = new EdgeLine(await broker.Accept(stop), Version);
        await line.ReadConnect(stop);
        return line;
    }

    /// <summary>Lets the node in and grants what it subscribes to.</summary>
    public async Task<EdgeLine> Admit(int subscriptions, CancellationToken stop)
    {
        var line = await Accept(stop);
        await line.Welcome(stop);
        await line.Grant(subscriptions, stop);
        return line;
    }

    /// <summary>Lets the node in, and takes its births.</summary>
    public async Task<EdgeLine> Bear(CancellationToken stop)
    {
        var line = await Admit(2, stop);
        line.Births = await line.Take(1 + Birth.Devices.Length, stop);
        await Until(standing => standing.Phase == SparkplugPhase.Born, stop);
        return line;
    }

    public async Task<SparkplugStanding> Until(Func<SparkplugStanding, bool> condition, CancellationToken stop)
    {
        while (true)
            if (await changes.Reader.ReadAsync(stop) is var standing && condition(standing))
                return standing;
    }

    public ValueTask<SparkplugSent> Publish(string device, params SparkplugDatum[] data) =>
        Edge.Publish(Edge.Standing.Birth, device, data, CancellationToken.None);

    /// <summary>The commands so far, as "device name type value".</summary>
    public ImmutableArray<string> Commands => [.. commands.Select(command => $"{command.Device} {command.Name} {command.Type} {command.Value}")];

    public IEnumerable<SparkplugCommand> Asked => commands;

    public async Task Stop()
    {
        await ending.CancelAsync();
        await Running;
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Edge.Dispose();
        broker.Dispose();
        ending.Dispose();
    }
}
