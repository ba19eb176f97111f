using EnergyPilot.Core.Sites;

namespace EnergyPilot.Tests.Core.Sites;

public sealed class SupervisorFiles
{
    public const string Block = """

        supervisor:
          listen: 127.0.0.1:0
          unit: 7
          writes: operator
          for: 20 min
          registers:
            0: zone/cp.temperature
            2: zone/cp.setpoint
            4: zone/cp.heat
            6: circuit/north.setpoint
            8: alarms
            100: meter-gas.volume

        """;

    private static string Text => SchoolFiles.Demo.Text + Block;

    [Fact]
    public void A_site_without_a_supervisor_serves_none() => SchoolFiles.DemoSite.Supervisor.IsOffered.ShouldBeFalse();

    [Fact]
    public void A_site_says_what_its_supervisor_sees()
    {
        SchoolFiles.Parse(Text.Replace("circuit/north", $"circuit/{SchoolFiles.DemoSite.Circuits[0].Id}", StringComparison.Ordinal)).TryGet(out var site).ShouldBeTrue();
        var supervisor = site.Supervisor;

        (supervisor.Address, supervisor.Port, supervisor.Unit, supervisor.Writes, supervisor.Hold).ShouldBe(("127.0.0.1", 0, (byte)7, SupervisorWrites.Operator, TimeSpan.FromMinutes(20)));
        supervisor.Registers.Select(r => (r.Address, r.What, r.Of)).ShouldBe(
        [
            ((ushort)0, SupervisedValue.ZoneTemperature, "cp"), ((ushort)2, SupervisedValue.ZoneSetpoint, "cp"), ((ushort)4, SupervisedValue.ZoneHeat, "cp"),
            ((ushort)6, SupervisedValue.CircuitSetpoint, site.Circuits[0].Id.Name), ((ushort)8, SupervisedValue.Alarms, ""), ((ushort)100, SupervisedValue.DevicePoint, ""),
        ]);
    }

    [Theory]
    [InlineData("listen: 127.0.0.1:0", "listen: ¦gateway:1502", "an IP address of the gateway and a port")]
    [InlineData("listen: 127.0.0.1:0", "listen: ¦127.0.0.256:1502", "an IP address")]
    [InlineData("listen: 127.0.0.1:0", "listen: ¦127.0.0.1:65536", "an IP address")]
    [InlineData("unit: 7", "unit: ¦248", "a whole number from 1 to 247")]
    [InlineData("writes: operator", "writes: ¦all", "one of none, operator")]
    [InlineData("writes: operator", "writes: none", "it only where setpoints may be written")]
    [InlineData("for: 20 min", "for: ¦25 h", "at most 24 h")]
    [InlineData("100: meter-gas.volume", "¦9999: meter-gas.volume", "an address from 0 to 9998")]
    [InlineData("100: meter-gas.volume", "100: ¦meter-gaz.volume", "there is no device \"meter-gaz\"", "Nearest known name: meter-gas")]
    [InlineData("100: meter-gas.volume", "100: ¦meter-gas.volum", "has no point \"volum\"", "Nearest known name: volume")]
    [InlineData("4: zone/cp.heat", "4: ¦zone/cpp.heat", "there is no zone \"cpp\"", "Nearest known name: cp")]
    [InlineData("4: zone/cp.heat", "4: ¦zone/cp.heating", "a zone has no \"heating\"")]
    [InlineData("4: zone/cp.heat", "4: ¦heat", "device.point, zone/ID.temperature")]
    [InlineData("6: circuit/north.setpoint", "6: ¦circuit/attic.setpoint", "there is no circuit \"attic\"")]
    [InlineData("100: meter-gas.volume", "101: meter-gas.volume\n    100: zone/cp.temperature", "where zone/cp.temperature has its second register", "two registers")]
    public void A_mistake_is_named_with_what_would_do(string find, string change, params string[] words)
    {
        var text = Text.Replace("circuit/north", $"circuit/{SchoolFiles.DemoSite.Circuits[0].Id}", StringComparison.Ordinal);
        var from = find.Replace("circuit/north", $"circuit/{SchoolFiles.DemoSite.Circuits[0].Id}", StringComparison.Ordinal);
        var said = string.Join('\n', SchoolFiles.Parse(text.Replace(from, change.Replace("¦", "", StringComparison.Ordinal), StringComparison.Ordinal)).Mistakes.Select(m => m.ToString()));
        foreach (var word in words) said.ShouldContain(word);
        if (!change.Contains('¦', StringComparison.Ordinal)) return;

        var (_, line, column) = WrongSite.Changed(text, from, change);
        said.ShouldContain($"{SchoolFiles.Demo.Name}:{line}:{column}: ");
    }
}
