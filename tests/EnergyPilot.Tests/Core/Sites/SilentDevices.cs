namespace EnergyPilot.Tests.Core.Sites;

public sealed class SilentDevices
{
    private const string Radio = "  radio:\n    protocol: mqtt\n    where: 127.0.0.1:1883\n  one-wire:\n";
    private const string Valve = "devices:\n  valve:\n    type: zigbee-danfoss-ally\n    bus: radio\n    address: zigbee2mqtt/valve-cp\n";

    [Theory]
    [InlineData("", 6 * 60)]
    [InlineData("    stale-after: 40 min\n", 40)]
    public void A_device_that_speaks_when_it_likes_is_lost_when_its_model_says_so_unless_the_site_says_otherwise(string onSite, double minutes)
    {
        var text = SchoolFiles.Demo.Text.Replace("  one-wire:\n", Radio, StringComparison.Ordinal).Replace("devices:\n", Valve + onSite, StringComparison.Ordinal);

        SchoolFiles.Parse(text).TryGet(out var site).ShouldBeTrue();

        site.ShouldNotBeNull().Points[new("valve.setpoint")].StaleAfter.ShouldBe(TimeSpan.FromMinutes(minutes));
    }
}
