namespace EnergyPilot.Io.Modbus;

/// <summary>Why a Modbus request has no value to show.</summary>
public enum ModbusFault
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>No answer within the deadline.</summary>
    Timeout,

    /// <summary>No connection, or the peer closed it; also the pause between attempts to connect.</summary>
    Disconnected,

    /// <summary>Bytes came, but no frame with a correct CRC (RTU).</summary>
    BadChecksum,

    /// <summary>Answers came, but none to this request: late or foreign transaction identifiers (TCP).</summary>
    BadTransaction,

    /// <summary>The answer is from another unit.</summary>
    BadUnit,

    /// <summary>The header states a length that no Modbus frame can have, or the answer does not fit.</summary>
    BadLength,

    /// <summary>The header is not Modbus (protocol identifier other than 0).</summary>
    BadProtocol,

    /// <summary>The answer is to another function.</summary>
    BadFunction,

    /// <summary>The answer carries more or fewer values than were asked for.</summary>
    BadByteCount,

    /// <summary>The confirmation of a write does not repeat what was written.</summary>
    BadEcho,

    /// <summary>The objects of a device identification do not fit their frame, or do not end.</summary>
    BadObjects,

    /// <summary>The device confirmed a write but reads back something else.</summary>
    NotTaken,

    /// <summary>The device answered with an exception code.</summary>
    Exception,
}
