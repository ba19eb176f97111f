using System.Text;
using EnergyPilot.Core.Points;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Io.Mqtt;
using EnergyPilot.Simulation;

namespace EnergyPilot.Tests.Gateway.Field;

public sealed class MqttBusTests
{
    private const string Bus = "protocol: mqtt, where: \"127.0.0.1:1883\"";
    private static readonly DateTimeOffset Now = new(2026, 1, 19, 6, 0, 0, TimeSpan.Zero);

    private const string Valve = """
        maker: any
        model: Radiator valve
        summary: Valve
        protocol: mqtt
        availability: availability
        last-seen: $.last_seen
        points:
          temperature: { measures: temperature, json: $.local_temperature, unit: °C, range: -10..60 °C }
          setpoint: { measures: temperature, access: read-write, json: $.occupied_heating_setpoint, unit: °C, range: 5..30 °C, safe: 19 °C, hold-off: 5 min, command: set, payload: '{"occupied_heating_setpoint": {value}}' }
          window: { measures: state, json: $.contact, on: "false" }
          battery: { measures: ratio, json: $.battery, unit: "%", range: 0..100 %, alarm-below: 15 % }
        """;

    [Fact]
    public async Task A_virtual_valve_is_read_and_takes_its_setpoint()
    {
        await using var bus = new AddedBus(SiteWith.Of(Bus, "zigbee2mqtt/valve-cp", Valve));
        await bus.Live(2);
        bus["temperature"].IsReliable.ShouldBeTrue();
        bus["window"].IsReliable.ShouldBeTrue();
        (await bus.Write("setpoint", 20.5)).ShouldBe(WriteResult.Done);
        await bus.Live(1);
        bus["setpoint"].Value.ShouldBe(20.5);
    }

    [Fact]
    public async Task Values_states_and_scales_are_found_in_the_message()
    {
        await using var feed = new Feed(Valve);
        feed.Say("zigbee2mqtt/valve-cp", """{"local_temperature":21.5,"occupied_heating_setpoint":19,"contact":false,"battery":14,"last_seen":"2026-01-19T05:59:00Z"}""");
        feed["temperature"].ShouldBe(Reading.Good(21.5, Now.AddMinutes(-1)));
        feed["window"].IsOn.ShouldBeTrue();
        feed["battery"].Value.ShouldBe(14);
        feed.Say("zigbee2mqtt/valve-cp", """{"contact":true}""");
        feed["window"].ShouldBe(Reading.Good(0, Now));
        feed["temperature"].Value.ShouldBe(21.5);
    }

    [Fact]
    public async Task A_device_that_is_gone_is_gone_at_once()
    {
        await using var feed = new Feed(Valve);
        feed.Say("zigbee2mqtt/valve-cp", """{"local_temperature":21.5}""");
        feed.Say("zigbee2mqtt/valve-cp/availability", """{"state":"offline"}""");
        feed["temperature"].Reliability.ShouldBe(Reliability.CommunicationFailure);
        feed.Say("zigbee2mqtt/valve-cp", """{"local_temperature":21.6}""");
        feed["temperature"].IsReliable.ShouldBeTrue();
        feed.Say("zigbee2mqtt/valve-cp/availability", "offline");
        feed["temperature"].IsReliable.ShouldBeFalse();
    }

    [Fact]
    public async Task A_kept_message_counts_from_the_time_it_says_and_without_one_not_at_all()
    {
        await using var feed = new Feed(Valve);
        feed.Say("zigbee2mqtt/valve-cp", """{"local_temperature":30}""", MessageAge.Kept);
        feed["temperature"].Reliability.ShouldBe(Reliability.NoSensor);
        feed.Say("zigbee2mqtt/valve-cp", """{"local_temperature":30,"last_seen":1768791600000}""", MessageAge.Kept);
        feed["temperature"].Reliability.ShouldBe(Reliability.CommunicationFailure, "it was true on Monday at 3 o'clock");
    }

    [Theory]
    [InlineData("""{"local_temperature":21""")]
    [InlineData("""[1,2""")]
    [InlineData("\u0000\u0001")]
    public async Task A_message_without_meaning_is_counted_and_changes_nothing(string payload)
    {
        await using var feed = new Feed(Valve);
        feed.Say("zigbee2mqtt/valve-cp", """{"local_temperature":21.5}""");
        feed.Say("zigbee2mqtt/valve-cp", payload);
        feed["temperature"].Value.ShouldBe(21.5);
        feed.Counters.Of(Trouble.Meaning).ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"local_temperature":"warm"}""", Reliability.UnreliableOther)]
    [InlineData("""{"local_temperature":900}""", Reliability.OverRange)]
    [InlineData("""{"local_temperature":"21.5"}""", Reliability.NoFaultDetected)]
    public async Task A_value_without_meaning_is_marked(string payload, Reliability verdict)
    {
        await using var feed = new Feed(Valve);
        feed.Say("zigbee2mqtt/valve-cp", payload);
        feed["temperature"].Reliability.ShouldBe(verdict);
    }

    [Fact]
    public async Task Every_poll_without_a_broker_is_counted()
    {
        await using var feed = new Feed(Valve);
        feed.Line.Trouble = "The broker does not answer.";
        await feed.Bus.Poll(Now, TestContext.Current.CancellationToken);
        feed.Counters.Of(Trouble.Disconnected).ShouldBe(1);
    }

    /// <summary>A bus and a broker whose messages the test writes.</summary>
    private sealed class Feed : IAsyncDisposable
    {
        private readonly ProcessImage image;

        public Feed(string model)
        {
            var site = SiteWith.Of(MqttBusTests.Bus, "zigbee2mqtt/valve-cp", model);
            image = new ProcessImage(site);
            Bus = new MqttBus(site.Buses.Single(b => b.Id == "added-bus"), site.Devices.Where(d => d.Id == SiteWith.Device), Line, image) { Another = () => new Words() };
            Bus.Poll(Now, TestContext.Current.CancellationToken).AsTask().Wait(TestContext.Current.CancellationToken);
        }

        public Words Line { get; } = new();

        public MqttBus Bus { get; }

        public DeviceFigures Counters => Bus.Counters[SiteWith.Device].Read();

        public Reading this[string point] => image.Freeze(Now, []).Of(new PointId($"{SiteWith.Device}.{point}"));

        public void Say(string topic, string payload, MessageAge age = MessageAge.News) => Line.Heard(topic, Encoding.UTF8.GetBytes(payload), age, Now);

        public ValueTask DisposeAsync() => Bus.DisposeAsync();
    }

    private sealed class Words : IMessageLine
    {
        public string Trouble { get; set; } = "";

        public MqttFault Fault { get; set; }

        public MqttReason Reason => MqttReason.Success;

        public MessageHeard Heard { get; private set; } = static (_, _, _, _) => { };

        public void Listen(IReadOnlyList<MqttFilter> filters, MessageHeard heard) => Heard = heard;

        public ValueTask<bool> Publish(MqttTopic topic, ReadOnlyMemory<byte> payload, TimeSpan deadline, CancellationToken stop) => ValueTask.FromResult(true);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
