namespace EnergyPilot.Io.Mqtt;

/// <summary>Why a connection ended or a request was not done.</summary>
public enum MqttFault
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>There is no connection now.</summary>
    NotConnected,

    /// <summary>The server cannot be reached: no such host, no route, nobody listens.</summary>
    Unreachable,

    /// <summary>TLS was not agreed on, or a certificate is not accepted.</summary>
    TlsFailed,

    /// <summary>No answer within the deadline.</summary>
    Timeout,

    /// <summary>The server refuses; the reason says why.</summary>
    Refused,

    /// <summary>The connection broke or was closed without a word.</summary>
    ConnectionLost,

    /// <summary>The server closed the connection and said why (5.0).</summary>
    Disconnected,

    /// <summary>The server was silent for 1.5 times the keep-alive time.</summary>
    PingTimeout,

    /// <summary>The server sent bytes that are no packet.</summary>
    Malformed,

    /// <summary>The server sent a packet that it must not send now.</summary>
    ProtocolError,

    /// <summary>More than the server takes in one packet.</summary>
    TooLarge,

    /// <summary>The handler threw; the message counts as received and the connection goes on.</summary>
    HandlerFailed,

    /// <summary>The client was stopped.</summary>
    Stopped,
}
