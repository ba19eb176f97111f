using EnergyPilot.Core.Sites;

namespace EnergyPilot.Tests.Core.Sites;

public sealed class UplinkFiles
{
    public const string Block = """

        uplink:
          broker: mqtts://broker.roubaix.example:8883
          group: roubaix-00
          node: aubrac
          mqtt: v3
          user: aubrac
          password-file: /etc/energypilot/uplink.password
          ca-file: /etc/energypilot/city.pem
          certificate-file: /etc/energypilot/gateway.pem
          key-file: /etc/energypilot/gateway.key
          host: city
          acknowledged-by: broker
          wishes: none
          data-types: always
          spread: 2 min
          mirror: energypilot/aubrac
          discovery: homeassistant

        """;

    private static string Text => SchoolFiles.Demo.Text + Block;

    [Fact]
    public void A_site_without_an_uplink_sends_nothing() => SchoolFiles.DemoSite.Uplink.IsOffered.ShouldBeFalse();

    [Fact]
    public void A_site_says_to_whom_it_sends()
    {
        SchoolFiles.Parse(Text).TryGet(out var site).ShouldBeTrue();
        site.Uplink.ShouldBe(new Uplink(new NetworkPlace("broker.roubaix.example", 8883, Carrying.Encrypted), "roubaix-00", "aubrac")
        {
            Dialect = MqttDialect.V3, Login = new BrokerLogin("aubrac", "/etc/energypilot/uplink.password", "/etc/energypilot/city.pem"),
            CertificateFile = "/etc/energypilot/gateway.pem", KeyFile = "/etc/energypilot/gateway.key", Host = "city", Acknowledger = Acknowledger.Broker,
            Wishes = UplinkWishes.None, DataTypes = DataTypes.Always, BirthSpread = TimeSpan.FromMinutes(2), Mirror = "energypilot/aubrac", Discovery = "homeassistant",
        });
    }

    [Fact]
    public void A_site_need_say_little()
    {
        SchoolFiles.Parse(SchoolFiles.Demo.Text + "\nuplink:\n  broker: broker.roubaix.example:1883\n  group: roubaix\n").TryGet(out var site).ShouldBeTrue();
        var uplink = site.Uplink;
        (uplink.IsOffered, uplink.Node, uplink.Dialect, uplink.Host, uplink.Acknowledger, uplink.Wishes, uplink.Mirror).ShouldBe((true, site.Id, MqttDialect.V5, "", Acknowledger.City, UplinkWishes.Zones, ""));
    }

    [Theory]
    [InlineData("broker: mqtts://broker.roubaix.example:8883", "broker: ¦https://broker.roubaix.example", "host:port of a broker")]
    [InlineData("group: roubaix-00", "group: ¦roubaix/00", "a name without blanks")]
    [InlineData("group: roubaix-00", "", "group")]
    [InlineData("node: aubrac", "node: ¦au#brac", "a name without blanks")]
    [InlineData("mqtt: v3", "mqtt: ¦v4", "one of v5, v3")]
    [InlineData("acknowledged-by: broker", "acknowledged-by: ¦nobody", "one of city, broker")]
    [InlineData("wishes: none", "wishes: ¦all", "one of zones, none")]
    [InlineData("spread: 2 min", "spread: ¦2 h", "a duration between 0")]
    [InlineData("mirror: energypilot/aubrac", "mirror: ¦energypilot/#", "the beginning of a topic")]
    [InlineData("mirror: energypilot/aubrac", "", "the topic under which the values stand")]
    [InlineData("  user: aubrac\n", "", "a password without \"user\"")]
    [InlineData("key-file: /etc/energypilot/gateway.key", "", "a certificate without \"key-file\"")]
    [InlineData("certificate-file: /etc/energypilot/gateway.pem", "", "a key without \"certificate-file\"")]
    [InlineData("broker: mqtts://", "broker: mqtt://", "\"ca-file\" without encryption", "mqtts://host:port")]
    public void A_mistake_is_named_with_what_would_do(string find, string change, params string[] words)
    {
        var said = string.Join('\n', SchoolFiles.Parse(Text.Replace(find, change.Replace("¦", "", StringComparison.Ordinal), StringComparison.Ordinal)).Mistakes.Select(m => m.ToString()));
        foreach (var word in words) said.ShouldContain(word);
        if (!change.Contains('¦', StringComparison.Ordinal)) return;

        var (_, line, column) = WrongSite.Changed(Text, find, change);
        said.ShouldContain($"{SchoolFiles.Demo.Name}:{line}:{column}: ");
    }
}
