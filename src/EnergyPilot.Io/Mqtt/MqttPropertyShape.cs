using static EnergyPilot.Io.Mqtt.MqttPacketKind;
using static EnergyPilot.Io.Mqtt.MqttPropertyId;

namespace EnergyPilot.Io.Mqtt;

/// <summary>How a property is written, and in which packets it may stand (5.0 table 2-4).</summary>
internal enum MqttPropertyShape
{
    Unknown,
    Byte,
    UInt16,
    UInt32,
    VariableInteger,
    Text,
    Binary,
    TextPair,
}

/// <summary>The table of shapes and places.</summary>
internal static class MqttPropertyTable
{
    public static MqttPropertyShape ShapeOf(MqttPropertyId id) => id switch
    {
        PayloadFormatIndicator or RequestProblemInformation or RequestResponseInformation or MaximumQos or RetainAvailable
            or WildcardSubscriptionAvailable or SubscriptionIdentifierAvailable or SharedSubscriptionAvailable => MqttPropertyShape.Byte,
        ServerKeepAlive or ReceiveMaximum or TopicAliasMaximum or TopicAlias => MqttPropertyShape.UInt16,
        MessageExpiryInterval or SessionExpiryInterval or WillDelayInterval or MaximumPacketSize => MqttPropertyShape.UInt32,
        SubscriptionIdentifier => MqttPropertyShape.VariableInteger,
        ContentType or ResponseTopic or AssignedClientIdentifier or AuthenticationMethod or ResponseInformation
            or ServerReference or ReasonString => MqttPropertyShape.Text,
        CorrelationData or AuthenticationData => MqttPropertyShape.Binary,
        UserProperty => MqttPropertyShape.TextPair,
        _ => MqttPropertyShape.Unknown,
    };

    public static bool Fits(MqttPropertyId id, MqttPacketKind place) => id switch
    {
        PayloadFormatIndicator or MessageExpiryInterval or ContentType or ResponseTopic or CorrelationData => place is Publish or Will,
        SubscriptionIdentifier => place is Publish or Subscribe,
        SessionExpiryInterval => place is Connect or Connack or Disconnect,
        AuthenticationMethod or AuthenticationData => place is Connect or Connack or Auth,
        RequestProblemInformation or RequestResponseInformation => place is Connect,
        WillDelayInterval => place is Will,
        AssignedClientIdentifier or ServerKeepAlive or ResponseInformation or MaximumQos or RetainAvailable
            or WildcardSubscriptionAvailable or SubscriptionIdentifierAvailable or SharedSubscriptionAvailable => place is Connack,
        ServerReference => place is Connack or Disconnect,
        ReasonString => place is Connack or Puback or Pubrec or Pubrel or Pubcomp or Suback or Unsuback or Disconnect or Auth,
        ReceiveMaximum or TopicAliasMaximum or MaximumPacketSize => place is Connect or Connack,
        TopicAlias => place is Publish,
        UserProperty => place is not (Pingreq or Pingresp),
        _ => false,
    };

    public static bool MayRepeat(MqttPropertyId id, MqttPacketKind place) =>
        id == UserProperty || (id == SubscriptionIdentifier && place == Publish);

    /// <summary>Values that are a protocol error by the paragraph on each property.</summary>
    public static bool IsAllowed(MqttPropertyId id, uint value) => ShapeOf(id) switch
    {
        MqttPropertyShape.Byte => value <= 1,
        _ => value != 0 || id is not (ReceiveMaximum or MaximumPacketSize or TopicAlias or SubscriptionIdentifier),
    };
}
