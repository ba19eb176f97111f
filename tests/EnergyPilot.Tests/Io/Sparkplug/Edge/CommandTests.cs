using System.Text;
using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Tests.Io.Sparkplug.Edge;

/// <summary>What hosts may write, and what is no command.</summary>
public sealed class CommandTests
{
    private const string Node = "spBv1.0/Ville/NCMD/École 1", Device = "spBv1.0/Ville/DCMD/École 1/CP";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience.Hang)]
    [Statement("operational-behavior-data-commands-ncmd-verb", "operational-behavior-data-commands-dcmd-verb", "operational-behavior-data-commands-ncmd-metric-name", "operational-behavior-data-commands-dcmd-metric-name", "topics-ncmd-payload", "topics-dcmd-payload")]
    public async Task Commands_come_with_name_and_type_of_the_birth()
    {
        await using var stage = new EdgeStage();
        using var line = await stage.Bear(Stop);

        await line.Deliver(Device, EdgeSaid.Command(
            Double("", 21.5) with { Alias = 11 }, Double("Setpoint", 22) with { Timestamp = 1_768_204_801_000 }, new MetricFacts("Temperature", SparkplugType.Int8, new(SparkplugValueKind.Int, 20, ""))), Stop);
        await line.Deliver(Node, EdgeSaid.Command(Text("Site", "salle é"), new MetricFacts("", SparkplugType.Unknown, ValueFacts.None) { Alias = 1, IsNull = true }), Stop);
        await Heard(stage, 5);

        stage.Commands.ShouldBe(["CP Setpoint Double 21.5", "CP Setpoint Double 22", "CP Temperature Float 20", " Site String salle é", " Outdoor/Temperature Double null"]);
        stage.Asked.Select(command => command.Timestamp?.ToUnixTimeMilliseconds()).Take(2).ShouldBe([1_768_204_800_000, 1_768_204_801_000]);
        stage.Asked.Last().IsNull.ShouldBeTrue();
    }

    [Fact(Timeout = Patience.Hang)]
    [Statement("operational-behavior-data-commands-ncmd-metric-value", "operational-behavior-data-commands-dcmd-metric-value", "topics-ncmd-mqtt", "topics-dcmd-mqtt", "payloads-ncmd-retain", "payloads-dcmd-retain")]
    public async Task What_does_not_fit_is_counted_and_not_done()
    {
        await using var stage = new EdgeStage();
        using var line = await stage.Bear(Stop);

        await line.Deliver(Device, EdgeSaid.Command(Text("Setpoint", "warm")), Stop);
        await line.Deliver(Device, EdgeSaid.Command(Double("Setpoint", 21)), Stop, isRetained: true);
        await line.Deliver(Device, "not a payload", Stop);
        await line.Deliver("spBv1.0/Ville/DCMD/École 1/Boiler", EdgeSaid.Command(new MetricFacts("Starts", SparkplugType.Int32, new(SparkplugValueKind.Int, uint.MaxValue, ""))), Stop);
        await line.Deliver(Device, EdgeSaid.Command(Double("setpoint", 21), Double("", 1) with { Alias = 20 }), Stop);
        await line.Deliver("spBv1.0/Ville/DCMD/École 1/None", EdgeSaid.Command(Double("Setpoint", 21)), Stop);
        await line.Deliver(Node, EdgeSaid.Command(Double("Setpoint", 21), Text("Node Control/Rebirth", "true"), Boolean("Node Control/Rebirth", false)), Stop);
        await line.Deliver(Device, EdgeSaid.Command(Double("Setpoint", 1)), Stop);
        await Heard(stage, 1);

        stage.Commands.ShouldBe(["CP Setpoint Double 1"]);
        var standing = stage.Edge.Standing;
        (standing.InvalidCommands, standing.UnknownCommands, standing.RebirthRequests, standing.Phase).ShouldBe((5, 4, 0, SparkplugPhase.Born));
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Command_for_a_dead_device_is_unknown()
    {
        await using var stage = new EdgeStage();
        using var line = await stage.Bear(Stop);
        await stage.Edge.DeviceDied("CP", Stop);

        await line.Deliver(Device, EdgeSaid.Command(Double("Setpoint", 21)), Stop);
        await line.Deliver(Node, EdgeSaid.Command(Text("Site", "x")), Stop);
        await Heard(stage, 1);

        (stage.Commands.Length, stage.Edge.Standing.UnknownCommands).ShouldBe((1, 1));
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Messages_of_other_subscriptions_go_to_who_asked_for_them()
    {
        var others = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await using var stage = new EdgeStage(with: options => options with { Others = (in delivery) => others.Enqueue(Encoding.UTF8.GetString(delivery.Topic)) });
        using var line = await stage.Bear(Stop);

        await line.Deliver("stored/through", "7", Stop);
        await line.Deliver(Node, EdgeSaid.Command(Text("Site", "x")), Stop);
        await Heard(stage, 1);

        others.ShouldBe(["stored/through"]);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Hostile_commands_throw_nothing_and_end_nothing()
    {
        var random = new Random(5);
        await using var stage = new EdgeStage();
        using var line = await stage.Bear(Stop);
        byte[][] seeds =
        [
            EdgeSaid.Rebirth, EdgeSaid.Command(Double("Setpoint", 21)), EdgeSaid.Command(Text("Site", "x"), Double("", 3) with { Alias = ulong.MaxValue, Timestamp = ulong.MaxValue }),
            EdgeSaid.Command(new MetricFacts("Temperature", (SparkplugType)34, new(SparkplugValueKind.Bytes, 0, "00"))),
        ];

        for (var i = 0; i < 5_000; i++)
            await line.Deliver(random.Next(2) == 0 ? Node : Device, Spoiled(seeds[random.Next(seeds.Length)], random), Stop);
        await line.Deliver(Node, EdgeSaid.Command(Text("Site", "end")), Stop);
        var reading = line.Take(int.MaxValue, Stop);
        while (!stage.Commands.Contains(" Site String end"))
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Stop);

        stage.Edge.Client.HandlerFailures.ShouldBe(0);
        stage.Edge.Client.Connection.Phase.ShouldBe(EnergyPilot.Io.Mqtt.MqttPhase.Connected);
        stage.Edge.Standing.InvalidCommands.ShouldBeGreaterThan(100);
        await stage.Stop();
        await Should.ThrowAsync<InvalidOperationException>(reading);
    }

    private static byte[] Spoiled(byte[] seed, Random random)
    {
        var bytes = seed.ToArray();
        for (var n = random.Next(4); n > 0; n--)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return random.Next(4) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    private static async Task Heard(EdgeStage stage, int count)
    {
        while (stage.Commands.Length < count)
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, Stop);
    }

    private static MetricFacts Double(string name, double value) => new(name, SparkplugType.Double, new(SparkplugValueKind.Double, BitConverter.DoubleToUInt64Bits(value), ""));

    private static MetricFacts Boolean(string name, bool value) => new(name, SparkplugType.Boolean, new(SparkplugValueKind.Boolean, value ? 1u : 0, ""));

    private static MetricFacts Text(string name, string value) => new(name, SparkplugType.String, new(SparkplugValueKind.Text, 0, Convert.ToHexString(Encoding.UTF8.GetBytes(value))));
}
