using EnergyPilot.Io.Mqtt;
using EnergyPilot.Io.Sparkplug;

namespace EnergyPilot.Tests.Io.Sparkplug.Edge;

/// <summary>What cannot be a node, a device or a birth.</summary>
public sealed class RefusalTests
{
    private static SparkplugEdgeOptions Options => new() { Mqtt = new MqttOptions { Host = "127.0.0.1" }, Group = "g", Node = "n" };

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a+")]
    [InlineData("#")]
    [InlineData("a\0")]
    [Statement(
        "topic-structure-namespace-valid-group-id", "topic-structure-namespace-valid-edge-node-id", "topic-structure-namespace-valid-device-id",
        "intro-group-id-chars", "intro-edge-node-id-chars", "intro-device-id-chars")]
    public void Identifiers_that_are_no_level_of_a_topic_are_refused(string id)
    {
        Refused(Options with { Group = id });
        Refused(Options with { Node = id });
        if (id.Length > 0)
            Refused(Options with { PrimaryHost = id });
        Refused(new SparkplugBirth([], [new(id, [])]), "device");
    }

    [Fact]
    [Statement("intro-group-id-string", "intro-edge-node-id-string", "intro-device-id-string")]
    public void Identifiers_that_cannot_be_UTF_8_are_refused()
    {
        var half = new string('\uD800', 1);
        Refused(Options with { Group = half });
        Refused(Options with { Node = half });
        Refused(new SparkplugBirth([], [new(half, [])]), "UTF-8");
        Refused(new SparkplugBirth([Int(half, 0)], []), "UTF-8");
    }

    [Fact]
    [Statement("principles-persistence-clean-session-311", "principles-persistence-clean-session-50", "message-flow-edge-node-birth-publish-will-message")]
    public void Will_and_kept_session_are_not_the_callers()
    {
        Refused(Options with { Mqtt = Options.Mqtt with { SessionExpiry = TimeSpan.FromSeconds(1) } });
        Refused(Options with { Mqtt = Options.Mqtt with { Will = new MqttMessage(MqttTopic.Parse("a"), default, MqttQos.AtMostOnce) } });
        Refused(Options with { Mqtt = Options.Mqtt with { WillOf = () => default } });
        Refused(Options with { BirthSpread = TimeSpan.FromSeconds(-1) });
    }

    [Fact]
    [Statement("case-sensitivity-sparkplug-ids", "topic-structure-namespace-unique-device-id")]
    public void Devices_that_differ_in_their_case_only_are_refused()
    {
        Refused(new SparkplugBirth([], [new("École", []), new("école", [])]), "'École' and 'école'");
        Refused(new SparkplugBirth([], [new("a", []), new("a", [])]), "'a' and 'a'");
    }

    [Fact]
    [Statement("case-sensitivity-metric-names", "operational-behavior-data-commands-rebirth-name")]
    public void Metrics_that_differ_in_their_case_only_are_refused()
    {
        Refused(new SparkplugBirth([Int("a", 0), Int("A", 0)], []), "'a' and 'A' of the node");
        Refused(new SparkplugBirth([], [new("d", [Int("a", 0), Int("a", 0)])]), "of the device 'd'");
        Refused(new SparkplugBirth([Int("node control/rebirth", 0)], []), "Node Control/Rebirth");
        Refused(new SparkplugBirth([Int("bdSeq", 0)], []), "bdSeq");
        new SparkplugBirth([Int("a", 0)], [new("d", [Int("a", 0)]), new("e", [Int("A", 0)])]).Check();
    }

    [Fact]
    [Statement("payloads-alias-uniqueness")]
    public void Alias_is_given_once_in_the_whole_node()
    {
        Refused(new SparkplugBirth([Int("a", 1), Int("b", 1)], []), "alias 1");
        Refused(new SparkplugBirth([Int("a", 7)], [new("d", [Int("b", 7)])]), "to 'a' of the node and to 'b' of the device 'd'");
        Refused(new SparkplugBirth([], [new("c", [Int("b", 7)]), new("d", [Int("b", 7)])]), "alias 7");
    }

    [Fact]
    [Statement("payloads-metric-datatype-value", "payloads-metric-propertyvalue-type-value", "payloads-propertyset-quality-value-value", "payloads-name-requirement")]
    public void Metrics_without_a_name_with_a_wrong_type_or_value_or_property_are_refused()
    {
        Refused(new SparkplugBirth([Int("", 1)], []), "no name");
        Refused(new SparkplugBirth([Int("a", 1) with { Type = SparkplugType.Unknown }], []), "Unknown");
        Refused(new SparkplugBirth([Int("a", 1) with { Type = (SparkplugType)35 }], []), "35");
        Refused(new SparkplugBirth([Int("a", 1) with { Type = SparkplugType.Template }], []), "Template");
        Refused(new SparkplugBirth([Int("a", 1) with { Value = SparkplugScalar.Of("x") }], []), "no Int32");
        Refused(new SparkplugBirth([Int("a", 1) with { At = DateTimeOffset.UnixEpoch.AddTicks(-1) }], []), "1970");
        Refused(new SparkplugBirth([Int("a", 1) with { Properties = [("", SparkplugScalar.Of(1))] }], []), "property");
        Refused(new SparkplugBirth([Int("a", 1) with { Properties = [("p", SparkplugScalar.OfBytes(new byte[1]))] }], []), "'p'");
        Refused(new SparkplugBirth([Int("a", 1) with { Properties = [("Quality", SparkplugScalar.Of(1))] }], []), "192");
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Wrong_birth_ends_the_run_with_a_clear_word_and_a_goodbye()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var stage = new EdgeStage() { Birth = new([], [new("d", []), new("D", [])]) };
        using var line = await stage.Admit(2, stop);

        (await line.Rest(stop)).Select(said => said.Kind).ShouldBe([MqttPacketKind.Disconnect]);
        line.Dispose();
        (await Should.ThrowAsync<ArgumentException>(stage.Running)).Message.ShouldContain("'d' and 'D'");
    }

    private static SparkplugBirthMetric Int(string name, ulong alias) => EdgeStage.Metric(name, alias, SparkplugType.Int32, SparkplugScalar.Of(1));

    private static void Refused(SparkplugEdgeOptions options) =>
        Should.Throw<ArgumentException>(() => new SparkplugEdge(options, () => EdgeStage.School, _ => { }, TimeProvider.System).Dispose());

    private static void Refused(SparkplugBirth birth, string why) => Should.Throw<ArgumentException>(birth.Check).Message.ShouldContain(why);
}
