namespace EnergyPilot.Io.Mqtt;

/// <summary>
/// Reason codes of MQTT 5.0 (§2.4); from 0x80 on they report a failure.
/// The return codes of 3.1.1 are given by the code with the same meaning.
/// </summary>
public enum MqttReason : byte
{
    /// <summary>Done; also normal disconnection and granted QoS 0.</summary>
    Success = 0x00,

    /// <summary>Subscribed with QoS 1 at most.</summary>
    GrantedQos1 = 0x01,

    /// <summary>Subscribed with QoS 2 at most.</summary>
    GrantedQos2 = 0x02,

    /// <summary>The client leaves and wants its will published.</summary>
    DisconnectWithWill = 0x04,

    /// <summary>Accepted, but nobody subscribes to it: nobody has it.</summary>
    NoMatchingSubscribers = 0x10,

    /// <summary>There was nothing to unsubscribe.</summary>
    NoSubscriptionExisted = 0x11,

    /// <summary>Authentication goes on.</summary>
    ContinueAuthentication = 0x18,

    /// <summary>Authentication starts again.</summary>
    ReAuthenticate = 0x19,

    /// <summary>Refused without saying why; the only refusal that 3.1.1 has for subscriptions.</summary>
    Unspecified = 0x80,

    /// <summary>Bytes that are no packet.</summary>
    MalformedPacket = 0x81,

    /// <summary>A packet that must not be sent now.</summary>
    ProtocolError = 0x82,

    /// <summary>Valid, but not accepted by this implementation.</summary>
    ImplementationSpecific = 0x83,

    /// <summary>The server does not speak this version.</summary>
    UnsupportedProtocolVersion = 0x84,

    /// <summary>The client identifier is not allowed.</summary>
    ClientIdentifierNotValid = 0x85,

    /// <summary>Wrong user or password.</summary>
    BadUserNameOrPassword = 0x86,

    /// <summary>Not allowed.</summary>
    NotAuthorized = 0x87,

    /// <summary>The server is not available.</summary>
    ServerUnavailable = 0x88,

    /// <summary>The server is busy: later.</summary>
    ServerBusy = 0x89,

    /// <summary>This client has been banned.</summary>
    Banned = 0x8A,

    /// <summary>The server stops.</summary>
    ServerShuttingDown = 0x8B,

    /// <summary>The authentication method is not supported.</summary>
    BadAuthenticationMethod = 0x8C,

    /// <summary>Nothing was received for 1.5 times the keep-alive time.</summary>
    KeepAliveTimeout = 0x8D,

    /// <summary>Another connection came with the same client identifier.</summary>
    SessionTakenOver = 0x8E,

    /// <summary>The filter is well formed but not accepted.</summary>
    TopicFilterInvalid = 0x8F,

    /// <summary>The topic is well formed but not accepted.</summary>
    TopicNameInvalid = 0x90,

    /// <summary>The packet identifier is in use.</summary>
    PacketIdentifierInUse = 0x91,

    /// <summary>The packet identifier is not known.</summary>
    PacketIdentifierNotFound = 0x92,

    /// <summary>More was sent without acknowledgement than was agreed to.</summary>
    ReceiveMaximumExceeded = 0x93,

    /// <summary>A topic alias of 0 or above the maximum.</summary>
    TopicAliasInvalid = 0x94,

    /// <summary>The packet is larger than what was agreed to.</summary>
    PacketTooLarge = 0x95,

    /// <summary>Too many messages in too little time.</summary>
    MessageRateTooHigh = 0x96,

    /// <summary>A limit of the server has been reached.</summary>
    QuotaExceeded = 0x97,

    /// <summary>An administrator ended the connection.</summary>
    AdministrativeAction = 0x98,

    /// <summary>The payload is not what its format indicator says.</summary>
    PayloadFormatInvalid = 0x99,

    /// <summary>The server keeps no retained messages.</summary>
    RetainNotSupported = 0x9A,

    /// <summary>The server does not take this QoS.</summary>
    QosNotSupported = 0x9B,

    /// <summary>Use another server for now.</summary>
    UseAnotherServer = 0x9C,

    /// <summary>Use another server from now on.</summary>
    ServerMoved = 0x9D,

    /// <summary>The server has no shared subscriptions.</summary>
    SharedSubscriptionsNotSupported = 0x9E,

    /// <summary>Connections come too fast.</summary>
    ConnectionRateExceeded = 0x9F,

    /// <summary>The longest time allowed for a connection is over.</summary>
    MaximumConnectTime = 0xA0,

    /// <summary>The server has no subscription identifiers.</summary>
    SubscriptionIdentifiersNotSupported = 0xA1,

    /// <summary>The server has no subscriptions with wildcards.</summary>
    WildcardSubscriptionsNotSupported = 0xA2,
}
