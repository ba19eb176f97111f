using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Documents;

namespace EnergyPilot.Core.Sites;

/// <summary>The keys of the uplink to the city.</summary>
internal static class UplinkFields
{
    private const int LongestName = 64;

    private static readonly TimeSpan LongestSpread = TimeSpan.FromMinutes(10);

    // Sparkplug 3.0, tck-id-topic-structure-namespace-valid-*: no +, / and #. Control characters and blanks help nobody.
    private static readonly Shape<string> Name = Shapes.TextLike(
        $"a name without blanks, \"+\", \"/\" and \"#\"", @"^[^\s+/#]{1,64}$",
        text => text.Length is > 0 and <= LongestName && !text.AsSpan().ContainsAny("+/#") && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)));

    private static readonly Shape<string> Topic = Shapes.TextLike(
        $"the beginning of a topic, without \"+\", \"#\" and a slash at either end", @"^[^\s+#/]+(/[^\s+#/]+)*$",
        text => text.Length is > 0 and <= LongestName && text.Split('/').All(part => part.Length > 0 && !part.AsSpan().ContainsAny("+#") && !part.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))));

    public static Shape<Uplink> Shape(string site) => Shapes.Record(fields => Read(site, fields));

    private static Uplink Read(string site, Fields fields)
    {
        var where = fields.Need("broker", Shapes.Text, "host:port of the broker, or mqtts://host:port for an encrypted connection");
        if (!BusPlace.TryParse(Protocol.Mqtt, where, out var broker) && where.Length > 0) fields.At("broker").Unexpected(BusPlace.Expected(Protocol.Mqtt));
        var uplink = new Uplink(
            broker,
            fields.Need("group", Name, "Sparkplug's group, as the city says"),
            fields.Take("node", Name, site, "Sparkplug's edge node; the site's id when missing"))
        {
            Dialect = fields.Take("mqtt", Shapes.Choice<MqttDialect>(), MqttDialect.V5, "v5, or v3 (3.1.1) for brokers that know no other; v5 when missing"),
            Login = new BrokerLogin(
                fields.Take("user", Shapes.Text, "", "The account on the broker"),
                fields.Take("password-file", Shapes.Text, "", "The file that holds its password, readable for the gateway only"),
                fields.Take("ca-file", Shapes.Text, "", "mqtts: the certificates (PEM) that the broker's must descend from; those that the machine trusts when missing")),
            CertificateFile = fields.Take("certificate-file", Shapes.Text, "", "mqtts: the certificate (PEM) that the gateway shows"),
            KeyFile = fields.Take("key-file", Shapes.Text, "", "mqtts: the key (PEM) of that certificate"),
            Host = fields.Take("host", Name, "", "Sparkplug's primary host: nothing is sent while it is not there; none when missing"),
            Acknowledger = fields.Take("acknowledged-by", Shapes.Choice<Acknowledger>(), Acknowledger.City, "Who says that samples have arrived: city (it names the last one that it has stored), or broker (it took them; whether anybody stored them nobody knows); city when missing"),
            Wishes = fields.Take("wishes", Shapes.Choice<UplinkWishes>(), UplinkWishes.Zones, "What the city may wish: zones (setpoints and modes, below the staff's overrides, with an end), or \"none\"; zones when missing"),
            DataTypes = fields.Take("data-types", Shapes.Choice<DataTypes>(), DataTypes.InBirths, "Where types of values stand: in-births as Sparkplug advises, or always, for hosts that use Eclipse Tahu's JavaScript (Node-RED); in-births when missing"),
            BirthSpread = fields.Take("spread", Shapes.Duration(TimeSpan.Zero, LongestSpread), Uplink.None.BirthSpread, "Up to how long it waits, at random, before it describes itself after a connection; 10 s when missing"),
            Mirror = fields.Take("mirror", Topic, "", "Topic under which the last values stand as plain JSON; none when missing"),
            Discovery = fields.Take("discovery", Topic, "", "Topic under which Home Assistant looks for devices, usually \"homeassistant\"; none when missing"),
        };
        Check(uplink, fields);
        return uplink;
    }

    private static void Check(Uplink uplink, Fields fields)
    {
        if (fields.IsBlank) return;
        foreach (var key in (ReadOnlySpan<string>)["ca-file", "certificate-file", "key-file"])
            if (fields.Has(key) && uplink.Broker is not NetworkPlace { Carrying: Carrying.Encrypted }) fields.At(key).Wrong($"\"{key}\" without encryption", $"broker: mqtts://host:port");
        if (fields.Has("password-file") && !fields.Has("user")) fields.At("password-file").Wrong($"a password without \"user\"", $"user: the account that it belongs to");
        if (fields.Has("certificate-file") && !fields.Has("key-file")) fields.At("certificate-file").Wrong($"a certificate without \"key-file\"", $"key-file: the file with its key");
        if (fields.Has("key-file") && !fields.Has("certificate-file")) fields.At("key-file").Wrong($"a key without \"certificate-file\"", $"certificate-file: the file with its certificate");
        if (fields.Has("discovery") && !fields.Has("mirror")) fields.At("discovery").Wrong($"\"discovery\" without \"mirror\"", $"mirror: the topic under which the values stand that it points to");
    }
}
