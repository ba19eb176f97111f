using System.Text.Json.Nodes;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Evaluation;
using EnergyPilot.Core.Forecasts;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Learning;

namespace EnergyPilot.Gateway.Boptest;

/// <summary>Our control on an emulator: the same decisions, memory and learning as in a gateway, with forecasts instead of a calendar.</summary>
internal sealed class PilotControl : IEmulatedControl
{
    private const double Hour = 3600;

    private readonly BoptestClient client;
    private readonly CaseMap map;
    private readonly CaseTariff tariff;
    private readonly Overwrites overwrites;
    private readonly ComfortBands bands;
    private readonly EmulatedSenses senses;
    private readonly QuartersInMemory book = new();
    private readonly Learner learner;
    private PlanRounds rounds;
    private Site site;
    private Memory memory = Memory.Empty;
    private Outlook outlook = Outlook.None;
    private double nextForecast = double.NegativeInfinity;

    public PilotControl(BoptestClient client, CaseMap map, CaseTariff tariff, IReadOnlyDictionary<string, EmulatorPoint> inputs)
    {
        (this.client, this.map, this.tariff) = (client, map, tariff);
        (overwrites, bands, senses) = (new Overwrites(map, inputs), new ComfortBands(map), new EmulatedSenses(map));
        site = EmulatedSite.Of(map);
        (learner, rounds) = (new Learner(site, book), new PlanRounds(site, book));
    }

    public string Name => "EnergyPilot";

    public int Clipped => overwrites.Clipped;

    public JsonObject LetGo => overwrites.None;

    public async Task Begin(EmulatorState state, TimeSpan warmUp, CancellationToken stop)
    {
        await Foresee(state.Time, stop);
        rounds = new PlanRounds(site, book);
        memory = await new PastWeek(client, map).Watch(site, learner, Math.Max(0, state.Time - warmUp.TotalSeconds), state.Time, stop);
    }

    public async Task<JsonObject> Next(EmulatorState state, CancellationToken stop)
    {
        await Foresee(state.Time, stop);
        var snapshot = senses.See(state, rounds.Into(learner.Knowledge with { Outlook = outlook }));
        var decision = Pilot.Decide(site, snapshot, OwnRegulation.Seen(map, memory, state));
        memory = decision.Memory;
        learner.Take(decision);
        rounds.Take(snapshot, decision);
        return overwrites.Of(decision);
    }

    private async Task Foresee(double time, CancellationToken stop)
    {
        if (time < nextForecast) return;
        nextForecast = (Math.Floor(time / Hour) + 1) * Hour;
        bands.Take(await client.Forecast(bands.Points, ComfortBands.Horizon, ComfortBands.Interval, stop));
        outlook = EmulatedOutlook.Of(map, tariff, await client.Forecast(EmulatedOutlook.Points(map, tariff), EmulatedOutlook.Horizon, EmulatedOutlook.Interval, stop));
        site = bands.Over(site, time);
    }
}
