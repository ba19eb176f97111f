using System.Text;
using EnergyPilot.Io.Mqtt;

namespace EnergyPilot.Tests.Io.Mqtt;

/// <summary>The examples of 5.0 §4.7, and some that are easily got wrong.</summary>
public sealed class FilterTests
{
    [Theory]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1/ranking", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player10", false)]
    [InlineData("sport/#", "sport", true)]
    [InlineData("#", "any/thing", true)]
    [InlineData("sport/tennis/+", "sport/tennis/player1", true)]
    [InlineData("sport/tennis/+", "sport/tennis/player1/ranking", false)]
    [InlineData("sport/+", "sport", false)]
    [InlineData("sport/+", "sport/", true)]
    [InlineData("+/+", "/finance", true)]
    [InlineData("/+", "/finance", true)]
    [InlineData("+", "/finance", false)]
    [InlineData("+/#", "a", true)]
    [InlineData("a/+/#", "a", false)]
    [InlineData("#", "$SYS/uptime", false)]
    [InlineData("+/uptime", "$SYS/uptime", false)]
    [InlineData("$SYS/#", "$SYS/uptime", true)]
    [InlineData("$SYS/+", "$SYS/uptime", true)]
    [InlineData("a/$b", "a/$b", true)]
    [InlineData("a/#", "a/$b", true)]
    [InlineData("ACCOUNTS", "Accounts", false)]
    [InlineData("/", "/", true)]
    [InlineData("//", "/", false)]
    [InlineData("+/", "a/", true)]
    [InlineData("a", "a/", false)]
    [InlineData("$share/group/a/+", "a/b", true)]
    public void Filter_matches(string filter, string topic, bool expected) =>
        MqttFilter.Parse(filter).Matches(Encoding.UTF8.GetBytes(topic)).ShouldBe(expected);

    [Theory]
    [InlineData("")]
    [InlineData("sport/tennis#")]
    [InlineData("sport/#/ranking")]
    [InlineData("sport+")]
    [InlineData("+a/b")]
    [InlineData("##")]
    [InlineData("a\0b")]
    [InlineData("$share/")]
    [InlineData("$share//a")]
    [InlineData("$share/g")]
    [InlineData("$share/g/")]
    [InlineData("$share/+/a")]
    public void Filter_is_refused(string filter) => MqttFilter.TryParse(filter, out _).ShouldBeFalse();

    [Theory]
    [InlineData("")]
    [InlineData("a/+")]
    [InlineData("#")]
    [InlineData("a\0b")]
    public void Topic_is_refused(string topic) => MqttTopic.TryParse(topic, out _).ShouldBeFalse();

    [Fact]
    public void Topic_of_more_than_65535_bytes_is_refused()
    {
        MqttTopic.TryParse(new string('a', 65_535), out _).ShouldBeTrue();
        MqttTopic.TryParse(new string('é', 32_768), out _).ShouldBeFalse();
    }
}
