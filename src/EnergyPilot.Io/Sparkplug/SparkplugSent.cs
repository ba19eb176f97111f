namespace EnergyPilot.Io.Sparkplug;

/// <summary>What became of data that were to be published.</summary>
public enum SparkplugSent
{
    /// <summary>Handed to the connection. Data are QoS 0: that nobody lost them only a host can say.</summary>
    Sent,

    /// <summary>There is no birth to which they belong: none now, another one since, or the device is dead.</summary>
    NotBorn,

    /// <summary>The server does not take such messages.</summary>
    Failed,

    /// <summary>More than the server takes in one message: send fewer at once.</summary>
    TooLarge,

    /// <summary>A metric that the birth does not name, a value that is not of its type, or a time before 1970: nothing was sent.</summary>
    Refused,
}
