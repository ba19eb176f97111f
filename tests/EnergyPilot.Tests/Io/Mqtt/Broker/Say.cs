using System.Buffers;
using System.Globalization;
using EnergyPilot.Io.Mqtt;

namespace EnergyPilot.Tests.Io.Mqtt.Broker;

/// <summary>What clients say, as hexadecimal digits; the codec itself has its own tests.</summary>
internal static class Say
{
    public const string Ping = "C000", Pong = "D000", Goodbye = "E000", GoodbyeWithWill = "E00104";

    public static string Connect(string id, MqttVersion version = MqttVersion.V50, int flags = 2, int keepAlive = 60, MqttPropertyList? properties = null, MqttPropertyList? will = null) =>
        Convert.ToHexString(MqttBytes.Of(
            new MqttConnect
            {
                Version = version,
                ConnectFlags = (byte)flags,
                KeepAlive = (ushort)keepAlive,
                Properties = properties?.Properties ?? MqttProperties.None,
                ClientId = MqttText.Of(id),
                WillProperties = will?.Properties ?? MqttProperties.None,
                WillTopic = MqttText.Of("will"),
                WillPayload = MqttText.Of("gone"),
            },
            version));

    /// <summary>CONNECT of 5.0 with a session that outlives it, taken up again.</summary>
    public static string Resume(string id, uint expiry = 100, int flags = 0, uint willDelay = 0, MqttPropertyList? properties = null) => Connect(
        id,
        flags: flags,
        properties: (properties ?? new MqttPropertyList()).Add(MqttPropertyId.SessionExpiryInterval, expiry),
        will: new MqttPropertyList().Add(MqttPropertyId.WillDelayInterval, willDelay));

    public static string Subscribe(string filter, int options = 1, MqttVersion version = MqttVersion.V50, uint identifier = 0) =>
        Convert.ToHexString(MqttBytes.Of(
            new MqttSubscribe(
                MqttPacketKind.Subscribe,
                10,
                identifier == 0 ? MqttProperties.None : new MqttPropertyList().Add(MqttPropertyId.SubscriptionIdentifier, identifier).Properties,
                new ReadOnlySequence<byte>([0, (byte)MqttText.Of(filter).Length, .. MqttText.Of(filter).ToArray(), (byte)options])),
            version));

    public static string Unsubscribe(string filter, MqttVersion version = MqttVersion.V50) =>
        Convert.ToHexString(MqttBytes.Of(
            new MqttSubscribe(MqttPacketKind.Unsubscribe, 11, MqttProperties.None, new ReadOnlySequence<byte>([0, (byte)filter.Length, .. MqttText.Of(filter).ToArray()])), version));

    /// <summary>PUBLISH; flags as in the first byte: 1 retained, 2 QoS 1, 4 QoS 2, 8 again.</summary>
    public static string Publish(string topic, string payload, int flags = 0, ushort identifier = 1, MqttPropertyList? properties = null, MqttVersion version = MqttVersion.V50) =>
        Convert.ToHexString(MqttBytes.Of(
            new MqttPublish
            {
                Qos = (MqttQos)(flags >> 1 & 3),
                IsRetained = (flags & 1) != 0,
                IsDuplicate = (flags & 8) != 0,
                Topic = MqttText.Of(topic),
                Identifier = (flags & 6) == 0 ? (ushort)0 : identifier,
                Properties = properties?.Properties ?? MqttProperties.None,
                Payload = MqttText.Of(payload),
            },
            version));

    public static string Acknowledge(ushort identifier) => string.Create(CultureInfo.InvariantCulture, $"4002{identifier:X4}");

    /// <summary>What a PUBLISH of 5.0 says: topic, payload, "q0", "r" when retained, "dup" when repeated, its identifier, its properties.</summary>
    public static string Seen(string packet)
    {
        var bytes = new ReadOnlySequence<byte>(Convert.FromHexString(packet));
        if (!MqttFrame.TryTake(ref bytes, 1 << 20, out var frame, out _) || frame.Kind != MqttPacketKind.Publish)
            return packet;
        MqttPublish.TryParse(frame, MqttVersion.V50, out var publish, out var fault).ShouldBeTrue(fault.ToString());
        var text = $"{MqttText.Of(publish.Topic)} {MqttText.Of(publish.Payload)} q{(int)publish.Qos}{(publish.IsRetained ? "r" : "")}{(publish.IsDuplicate ? "dup" : "")}";
        if (publish.Qos > 0)
            text += $" #{publish.Identifier}";
        foreach (var property in publish.Properties)
            text += $" {property.Id}={(property.Value.IsEmpty ? property.Number.ToString(CultureInfo.InvariantCulture) : MqttText.Of(property.Value))}";
        return text;
    }

    /// <summary>Says something and takes the answer.</summary>
    public static async Task<string> Ask(this FakeBroker.Line line, string hex, CancellationToken stop)
    {
        await line.Say(hex, stop);
        return await line.Next(stop);
    }

    public static async Task<string> Hear(this FakeBroker.Line line, CancellationToken stop) => Seen(await line.Next(stop));

    /// <summary>Nothing has come and nothing is on its way: the next packet is the answer to a ping.</summary>
    public static async Task HearsNothing(this FakeBroker.Line line, CancellationToken stop) => (await line.Ask(Ping, stop)).ShouldBe(Pong);
}
