using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Simulation;
using EnergyPilot.Simulation.Weather;

namespace EnergyPilot.Tests.Gateway.Field;

/// <summary>One bus of a virtual school, polled by hand.</summary>
internal sealed class AddedBus : IAsyncDisposable
{
    private readonly SteppedClock clock = new(new DateTimeOffset(2026, 1, 19, 5, 0, 0, TimeSpan.Zero));
    private readonly ProcessImage image;

    public AddedBus(Site site)
    {
        Site = site;
        image = new ProcessImage(site);
        School = new VirtualSchool(site, TypicalYear.Uccle, clock, seed: 1);
        Bus = FieldBuses.InMemory(School, image).Single(b => b.Bus.Id == "added-bus");
    }

    public Site Site { get; }

    public VirtualSchool School { get; }

    public IFieldBus Bus { get; }

    public DeviceFigures Figures => Bus.Counters[SiteWith.Device].Read();

    /// <summary>Polls once a minute.</summary>
    public async Task Live(int minutes)
    {
        for (var i = 0; i < minutes; i++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await Bus.Poll(clock.GetUtcNow(), TestContext.Current.CancellationToken);
        }
    }

    public Reading this[string point] => image.Freeze(clock.GetUtcNow(), []).Of(new PointId($"{SiteWith.Device}.{point}"));

    public ValueTask<WriteResult> Write(string point, double value) =>
        Bus.Write(Site.Points[new PointId($"{SiteWith.Device}.{point}")], value, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => Bus.DisposeAsync();
}
