using System.Text;
using EnergyPilot.Io.Mqtt.Broker;

namespace EnergyPilot.Tests.Io.Mqtt.Broker;

public sealed class PasswordTests
{
    // Made by mosquitto_passwd 2.0.11 for anna with the password "secret".
    private const string Anna = "anna:$7$101$IGRIZAJ4FD+vTGHt$5I1z0zlKa9JVzBLKP01mAWCypJLsqqYI+rfJB+2EIfJX9YDREq6sYK944+fYWNGm843+HqUjqao3qRzafKvRrA==";

    [Fact]
    public void Only_the_right_user_with_the_right_password_is_admitted()
    {
        MqttPasswords.TryParse($"# users\n\n{Anna}\r\n{MqttPasswords.Line("bob", "é")}\n", out var passwords, out var mistake).ShouldBeTrue(mistake);

        (passwords?.Count).ShouldBe(2);
        foreach (var (user, password, isGood) in new[] { ("anna", "secret", true), ("bob", "é", true), ("anna", "é", false), ("bob", "", false), ("carl", "secret", false), ("", "", false), ("Anna", "secret", false) })
            (passwords?.Admits(user, Encoding.UTF8.GetBytes(password))).ShouldBe(isGood, user);
    }

    [Theory]
    [InlineData("anna:secret")]
    [InlineData("anna")]
    [InlineData(":$7$101$IGRIZAJ4FD+vTGHt$5I1z")]
    [InlineData("anna:$6$IGRIZAJ4FD+vTGHt$5I1z0zlKa9JVzBLKP01mAWCypJLsqqYI+rfJB+2EIfJX9YDREq6sYK944+fYWNGm843+HqUjqao3qRzafKvRrA==")]
    [InlineData("anna:$7$999999999$IGRIZAJ4FD+vTGHt$5I1z0zlKa9JVzBLKP01mAWCypJLsqqYI+rfJB+2EIfJX9YDREq6sYK944+fYWNGm843+HqUjqao3qRzafKvRrA==")]
    [InlineData("anna:$7$101$IGRIZAJ4FD+vTGHt$AAAA")]
    [InlineData("anna:$7$101$$5I1z0zlKa9JVzBLKP01mAWCypJLsqqYI+rfJB+2EIfJX9YDREq6sYK944+fYWNGm843+HqUjqao3qRzafKvRrA==")]
    [InlineData(Anna + "\n" + Anna)]
    public void Mistake_in_the_file_is_named_with_its_line(string text)
    {
        MqttPasswords.TryParse("\n" + text, out _, out var mistake).ShouldBeFalse();

        mistake.ShouldContain(text.Contains('\n', StringComparison.Ordinal) ? "line 3" : "ine 2");
    }

    [Fact]
    public void User_that_would_break_the_file_is_refused() =>
        Should.Throw<ArgumentException>(() => MqttPasswords.Line("a:b", "x"));
}
