using EnergyPilot.Core.Control;
using EnergyPilot.Core.Forecasts;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Tests.Core.Sites;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Tests.Gateway.Running;

public sealed class CycleKnowledgeTests
{
    [Fact]
    public async Task Each_cycle_freezes_what_is_known_at_its_beginning()
    {
        var site = SchoolFiles.DemoSite;
        var image = new ProcessImage(site);
        var at = new DateTimeOffset(2026, 1, 12, 6, 0, 0, TimeSpan.Zero);
        Knowledge first = new(new Dictionary<ZoneId, Learned> { [site.Zones[0].Id] = Learned.Of(ZonePrior.Ordinary, at) }, Outlook.None), now = first;
        List<Knowledge> seen = [];
        var cycle = new Cycle(site, image, new Outputs(site, image, new Dictionary<PointId, IFieldBus>(), NullLogger.Instance), _ => [], Decide).Knowing(() => now);

        var record = await cycle.Run(at, TestContext.Current.CancellationToken);
        await cycle.Run(at.AddSeconds(10), TestContext.Current.CancellationToken);

        record.Snapshot.Knowledge.ShouldBeSameAs(first);
        seen.ShouldBe([first, Knowledge.None]);

        // A lesson that ends in the middle of a cycle is known from the next one on.
        Decision Decide(Site school, Snapshot snapshot, Memory memory)
        {
            now = Knowledge.None;
            seen.Add(snapshot.Knowledge);
            return Pilot.Decide(school, snapshot, memory);
        }
    }
}
