namespace EnergyPilot.Core.Sites;

/// <summary>
/// To whom the gateway sends what it measures: a broker, over which the city reads it as an edge node of Sparkplug B 3.0.
/// Secrets stand in files of their own, never in a site file.
/// </summary>
/// <param name="Broker">The broker; see <see cref="BusPlace"/>.</param>
/// <param name="Group">Sparkplug's group: which part of the city's service looks after this gateway.</param>
/// <param name="Node">Sparkplug's edge node: this gateway's name, one of its kind in the group.</param>
public sealed record Uplink(BusPlace Broker, string Group, string Node)
{
    /// <summary>Nothing leaves the school.</summary>
    public static readonly Uplink None = new(BusPlace.Nowhere, "", "");

    /// <summary>Whether anything is sent.</summary>
    public bool IsOffered => Broker is NetworkPlace;

    /// <summary>MQTT 5.0, or 3.1.1 for brokers that know no other.</summary>
    public MqttDialect Dialect { get; init; }

    /// <summary>How the gateway shows the broker who it is.</summary>
    public BrokerLogin Login { get; init; } = BrokerLogin.Anonymous;

    /// <summary>Certificate (PEM) that the gateway shows the broker, and its key; empty for none.</summary>
    public string CertificateFile { get; init; } = "";

    /// <summary>The key of <see cref="CertificateFile"/>.</summary>
    public string KeyFile { get; init; } = "";

    /// <summary>Sparkplug's primary host: nothing is sent while it is not there; empty for none.</summary>
    public string Host { get; init; } = "";

    /// <summary>Who says that samples have arrived and may go from the log when their time has come.</summary>
    public Acknowledger Acknowledger { get; init; }

    /// <summary>What the city may wish.</summary>
    public UplinkWishes Wishes { get; init; }

    /// <summary>Whether data carry their types.</summary>
    public DataTypes DataTypes { get; init; }

    /// <summary>Births wait up to this long, at random: a city's gateways all come back in the instant in which their broker does.</summary>
    public TimeSpan BirthSpread { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Topic under which the last values stand as plain JSON, for people and simple programs; empty for none.</summary>
    public string Mirror { get; init; } = "";

    /// <summary>Topic under which Home Assistant looks for devices ("homeassistant"), which then finds the mirror's values; empty for none.</summary>
    public string Discovery { get; init; } = "";
}

/// <summary>Versions of MQTT.</summary>
public enum MqttDialect
{
    /// <summary>MQTT 5.0.</summary>
    V5,

    /// <summary>MQTT 3.1.1.</summary>
    V3,
}

/// <summary>Who says that samples have arrived.</summary>
public enum Acknowledger
{
    /// <summary>The city's service, with a command that names the last sample up to which it has stored all.</summary>
    City,

    /// <summary>The broker: it has taken a message that was sent after the samples. Whether anybody stored them nobody knows.</summary>
    Broker,
}

/// <summary>What the city may wish.</summary>
public enum UplinkWishes
{
    /// <summary>Setpoints and modes of zones, below the staff's overrides, within their limits and with an end.</summary>
    Zones,

    /// <summary>Nothing.</summary>
    None,
}

/// <summary>Where Sparkplug's types of values stand.</summary>
public enum DataTypes
{
    /// <summary>In births only, as the specification advises.</summary>
    InBirths,

    /// <summary>In data too: hosts that use Eclipse Tahu's JavaScript (Node-RED) read no value without.</summary>
    Always,
}
