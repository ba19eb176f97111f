using EnergyPilot.Core.Control;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Tests.Core.Sites;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Tests.Gateway.Running;

public sealed class LiveSiteTests
{
    [Fact]
    public async Task Site_that_is_changed_holds_from_the_next_cycle_on_and_the_control_remembers()
    {
        var (site, at) = (SchoolFiles.DemoSite, new DateTimeOffset(2026, 1, 12, 9, 0, 0, TimeSpan.Zero));
        var sources = SchoolFiles.Sources(SchoolFiles.Demo.Text.Replace("comfort: 19 °C", "comfort: 18 °C", StringComparison.Ordinal));
        SiteFile.Parse(sources).TryGet(out var cooler).ShouldBeTrue();
        var (live, image) = (new LiveSite(new SiteEdition(site, SchoolFiles.Sources(SchoolFiles.Demo.Text), 0)), new ProcessImage(site));
        var cycle = new Cycle(live, image, new Outputs(site, image, new Dictionary<PointId, IFieldBus>(), NullLogger.Instance), _ => [], Decide);

        var before = await cycle.Run(at, TestContext.Current.CancellationToken);
        var memory = cycle.Memory;
        var after = await cycle.Run(at.AddSeconds(10), TestContext.Current.CancellationToken);

        Target(before).ShouldBe(19, "a change in the middle of a cycle waits for the next one");
        Target(after).ShouldBe(18);
        after.Sources.ShouldBeSameAs(sources);
        after.Site.ShouldBeSameAs(cooler);
        memory.At.ShouldBe(at);

        Decision Decide(Site school, Snapshot snapshot, Memory remembered)
        {
            if (snapshot.At > at) remembered.At.ShouldBe(at);
            if (snapshot.At == at) live.Begin(new SiteEdition(cooler.ShouldNotBeNull(), sources, 1));
            return Pilot.Decide(school, snapshot, remembered);
        }
    }

    private static double Target(CycleRecord record) => record.Decision.Targets.First(t => t.Zone.Name == "office").Setpoint.Degrees;
}
