using System.Text;
using EnergyPilot.Io.Mqtt;
using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Tests.Io.Sparkplug.Edge;

/// <summary>A node that speaks only while its primary host is there.</summary>
public sealed class HostTests
{
    private const string State = "spBv1.0/STATE/City";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory(Timeout = Patience.Hang)]
    [InlineData(MqttVersion.V311)]
    [InlineData(MqttVersion.V50)]
    [Statement(
        "message-flow-edge-node-birth-publish-phid-wait", "message-flow-edge-node-birth-publish-phid-wait-id", "message-flow-edge-node-birth-publish-phid-wait-online",
        "operational-behavior-edge-node-birth-sequence-wait", "operational-behavior-primary-application-state-with-multiple-servers-state-subs")]
    public async Task Births_wait_for_this_host_to_say_that_it_is_there(MqttVersion version)
    {
        await using var stage = Waiting(version);
        using var line = await stage.Admit(3, Stop);
        line.Subscriptions.ShouldContain("spBv1.0/STATE/City 1");
        (await stage.Until(standing => standing.Phase == SparkplugPhase.WaitingForHost, Stop)).IsHostOnline.ShouldBe(false);

        await line.Deliver("spBv1.0/STATE/Town", Says(true, 5), Stop);
        await line.Deliver(State, Says(false, 6), Stop, isRetained: true);
        await line.Deliver(State, """{"online":"true","timestamp":7}""", Stop);
        await PassedOver(stage, line);
        (stage.Edge.Standing.Phase, stage.Edge.Standing.InvalidCommands).ShouldBe((SparkplugPhase.WaitingForHost, 1));

        await line.Deliver(State, Says(true, 8), Stop);
        (await line.Take(1, Stop))[0].Verb.ShouldBe("NBIRTH");
        (await stage.Until(standing => standing.Phase == SparkplugPhase.Born, Stop)).IsHostOnline.ShouldBe(true);
    }

    [Theory(Timeout = Patience.Hang)]
    [InlineData(MqttVersion.V311)]
    [InlineData(MqttVersion.V50)]
    [Statement(
        "message-flow-edge-node-birth-publish-phid-offline", "operational-behavior-edge-node-termination-host-offline", "operational-behavior-edge-node-termination-host-offline-reconnect",
        "operational-behavior-primary-application-state-with-multiple-servers-walk", "operational-behavior-primary-application-state-with-multiple-servers-single-server")]
    public async Task Host_that_goes_ends_the_session_and_the_next_one_waits_for_it(MqttVersion version)
    {
        await using var stage = Waiting(version);
        using (var line = await Born(stage, 10))
        {
            await line.Deliver(State, Says(false, 10), Stop);
            (await line.Rest(Stop)).Select(said => $"{said.Kind} {said.Topic}".TrimEnd()).ShouldBe(["Publish spBv1.0/Ville/NDEATH/École 1", "Disconnect"]);
        }

        using var next = await stage.Admit(3, Stop);
        next.Connect.Number.ShouldBe(1ul);
        await stage.Until(standing => standing.Phase == SparkplugPhase.WaitingForHost, Stop);
        (await stage.Publish("", EdgeStage.Datum(1, 0))).ShouldBe(SparkplugSent.NotBorn);
        await next.Deliver(State, Says(true, 11), Stop, isRetained: true);
        (await next.Take(1, Stop))[0]["bdSeq"].Value.Bits.ShouldBe(1ul);
    }

    [Fact(Timeout = Patience.Hang)]
    [Statement("operational-behavior-edge-node-termination-host-offline-timestamp")]
    public async Task Death_of_an_earlier_life_of_the_host_ends_nothing()
    {
        await using var stage = Waiting();
        using var line = await Born(stage, 10);
        await line.Deliver(State, Says(false, 9), Stop);
        await line.AskRebirth(Stop);

        (await line.Take(1, Stop))[0].Verb.ShouldBe("NBIRTH");
        stage.Edge.Standing.IsHostOnline.ShouldBe(true);
    }

    [Fact(Timeout = Patience.Hang)]
    [Statement("message-flow-edge-node-birth-publish-phid-wait-timestamp")]
    public async Task Birth_of_an_earlier_life_of_the_host_does_not_bring_it_back()
    {
        await using var stage = Waiting();
        using (var line = await Born(stage, 10))
        {
            await line.Deliver(State, Says(false, 20), Stop);
            await line.Rest(Stop);
        }

        using var next = await stage.Admit(3, Stop);
        await stage.Until(standing => standing.Phase == SparkplugPhase.WaitingForHost, Stop);
        await next.Deliver(State, Says(true, 19), Stop);
        await PassedOver(stage, next);
        (stage.Edge.Standing.Phase, stage.Edge.Standing.IsHostOnline).ShouldBe((SparkplugPhase.WaitingForHost, false));
        await next.Deliver(State, Says(true, 20), Stop);

        (await next.Take(1, Stop))[0].Verb.ShouldBe("NBIRTH");
        (await stage.Until(standing => standing.Births == 2, Stop)).IsHostOnline.ShouldBe(true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ONLINE")]
    [InlineData("true")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"online":true}""")]
    [InlineData("""{"timestamp":1}""")]
    [InlineData("""{"online":1,"timestamp":1}""")]
    [InlineData("""{"online":true,"timestamp":"1"}""")]
    [InlineData("""{"online":true,"timestamp":-1}""")]
    [InlineData("""{"online":true,"timestamp":1.5}""")]
    [InlineData("""{"online":true,"timestamp":1}x""")]
    [InlineData("""{"online":true,"timestamp":1}{}""")]
    [InlineData("""{"in":{"online":true,"timestamp":1}}""")]
    public void What_is_no_state_is_not_taken(string text)
    {
        using var host = new SparkplugHost();

        host.TryHear(Encoding.UTF8.GetBytes(text)).ShouldBeFalse();
        host.IsOnline.ShouldBeFalse();
    }

    [Fact]
    public void State_may_say_more()
    {
        using var host = new SparkplugHost();

        host.TryHear("""{"who":{"online":false},"timestamp":1668114759262,"online":true,"list":[1,2]}"""u8).ShouldBeTrue();
        host.IsOnline.ShouldBeTrue();
        host.TryHear(Encoding.UTF8.GetBytes($$"""{"online":false,"timestamp":1668114759263,"x":"{{new string('x', 5000)}}"}""")).ShouldBeFalse();
    }

    [Fact]
    public void Hostile_states_throw_nothing()
    {
        var random = new Random(7);
        using var host = new SparkplugHost();
        var (taken, state) = (0, Encoding.UTF8.GetBytes(Says(true, 1_768_204_800_000)));
        for (var i = 0; i < 50_000; i++)
        {
            var bytes = state.ToArray();
            for (var n = random.Next(3); n > 0; n--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            taken += host.TryHear(bytes.AsSpan(random.Next(2) * random.Next(bytes.Length))) ? 1 : 0;
        }

        taken.ShouldBeInRange(5_000, 45_000);
    }

    // Messages are taken one after the other: when this one is counted, those before it have done what they do.
    private static async Task PassedOver(EdgeStage stage, EdgeLine line)
    {
        var before = stage.Edge.Standing.UnknownCommands;
        await line.Deliver("spBv1.0/Ville/NCMD/École 1", EdgeSaid.Command(new MetricFacts("x", SparkplugType.Int8, new(SparkplugValueKind.Int, 1, ""))), Stop);
        while (stage.Edge.Standing.UnknownCommands == before)
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, Stop);
    }

    private static EdgeStage Waiting(MqttVersion version = MqttVersion.V50) => new(version, options => options with { PrimaryHost = "City" });

    private static async Task<EdgeLine> Born(EdgeStage stage, long at)
    {
        var line = await stage.Admit(3, Stop);
        await line.Deliver(State, Says(true, at), Stop);
        await line.Take(3, Stop);
        await stage.Until(standing => standing.Phase == SparkplugPhase.Born, Stop);
        return line;
    }

    private static string Says(bool online, long at) => $$"""{"online":{{(online ? "true" : "false")}},"timestamp":{{at}}}""";
}
