namespace EnergyPilot.Io.Mqtt;

/// <summary>The properties of MQTT 5.0 by their identifiers (table 2-4).</summary>
public enum MqttPropertyId : byte
{
    /// <summary>1: the payload is UTF-8 text.</summary>
    PayloadFormatIndicator = 1,

    /// <summary>Seconds after which the message is no longer delivered.</summary>
    MessageExpiryInterval = 2,

    /// <summary>What the payload is, usually a MIME type.</summary>
    ContentType = 3,

    /// <summary>Where an answer is expected.</summary>
    ResponseTopic = 8,

    /// <summary>What the answer must repeat.</summary>
    CorrelationData = 9,

    /// <summary>The subscription by which a message came.</summary>
    SubscriptionIdentifier = 11,

    /// <summary>Seconds for which the session outlives the connection.</summary>
    SessionExpiryInterval = 17,

    /// <summary>The identifier that the server gave to a client without one.</summary>
    AssignedClientIdentifier = 18,

    /// <summary>The keep-alive time in seconds that the server wants instead.</summary>
    ServerKeepAlive = 19,

    /// <summary>The method of extended authentication.</summary>
    AuthenticationMethod = 21,

    /// <summary>Data of extended authentication.</summary>
    AuthenticationData = 22,

    /// <summary>0: no reason strings, please.</summary>
    RequestProblemInformation = 23,

    /// <summary>Seconds between the loss of a client and its will.</summary>
    WillDelayInterval = 24,

    /// <summary>1: the server may say where answers should go.</summary>
    RequestResponseInformation = 25,

    /// <summary>Where answers should go.</summary>
    ResponseInformation = 26,

    /// <summary>Another server to use.</summary>
    ServerReference = 28,

    /// <summary>The reason in words, for logs.</summary>
    ReasonString = 31,

    /// <summary>How many messages of QoS 1 and 2 may be unacknowledged.</summary>
    ReceiveMaximum = 33,

    /// <summary>The highest topic alias that is accepted.</summary>
    TopicAliasMaximum = 34,

    /// <summary>A number instead of a topic.</summary>
    TopicAlias = 35,

    /// <summary>The highest QoS that the server takes.</summary>
    MaximumQos = 36,

    /// <summary>0: the server keeps no retained messages.</summary>
    RetainAvailable = 37,

    /// <summary>A name and a value of the application.</summary>
    UserProperty = 38,

    /// <summary>The largest packet in bytes that is accepted.</summary>
    MaximumPacketSize = 39,

    /// <summary>0: no subscriptions with wildcards.</summary>
    WildcardSubscriptionAvailable = 40,

    /// <summary>0: no subscription identifiers.</summary>
    SubscriptionIdentifierAvailable = 41,

    /// <summary>0: no shared subscriptions.</summary>
    SharedSubscriptionAvailable = 42,
}
