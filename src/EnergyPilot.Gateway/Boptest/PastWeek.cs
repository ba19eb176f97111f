using EnergyPilot.Core.Control;
using EnergyPilot.Core.Evaluation;
using EnergyPilot.Core.Forecasts;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Learning;

namespace EnergyPilot.Gateway.Boptest;

/// <summary>
/// The week that the emulator lived under its own control before the test begins, watched after the fact by the very control that
/// will take over: it decides at every step as if it could act, learns from what the rooms did, and is told what valves and pumps
/// really did. So it begins the test with models, filters and observers that have settled.
/// </summary>
internal sealed class PastWeek(BoptestClient client, CaseMap map)
{
    private readonly CaseOutput[] driven = [.. map.Zones.SelectMany(z => z.Valve), .. map.Circuits.SelectMany(c => c.Pump)];

    /// <summary>What the control remembers at the end of it; nothing when the emulator kept no record.</summary>
    public async Task<Memory> Watch(Site site, Learner learner, double from, double to, CancellationToken stop)
    {
        var states = await States(from, to, stop);
        var senses = new EmulatedSenses(map);
        var sun = map.Weather.Sun is [var measured, ..] ? EmulatedOutlook.OfPast(map, await client.Results(measured, from, to, stop)) : Outlook.None;
        var memory = Memory.Empty;
        foreach (var state in states)
        {
            stop.ThrowIfCancellationRequested();
            var decision = Pilot.Decide(site, senses.See(state, learner.Knowledge with { Outlook = sun }), memory);
            learner.Take(decision);
            memory = AsItWas(decision.Memory, state);
        }

        return Settled(memory);
    }

    // What it saw stays; what it did is forgotten, because it did nothing: loops that ran against another control have wound up.
    private static Memory Settled(Memory watched) => Memory.Empty with
    {
        At = watched.At,
        OutdoorFiltered = watched.OutdoorFiltered,
        OutdoorDay = watched.OutdoorDay,
        Zones = watched.Zones.ToDictionary(z => z.Key, z => ZoneMemory.New with { Estimate = z.Value.Estimate }),
    };

    // One point at a time: a week of half minutes of all points at once is more than a small gateway wants to hold.
    private async Task<EmulatorState[]> States(double from, double to, CancellationToken stop)
    {
        var step = map.Step.TotalSeconds;
        var count = (int)Math.Floor((to - from) / step);
        var values = new Dictionary<string, double>[Math.Max(count, 0)];
        for (var i = 0; i < values.Length; i++) values[i] = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var point in map.Read.Concat(driven.Select(d => d.Point)).Except(map.Weather.Sun).Except(map.Plant.Power).Distinct(StringComparer.Ordinal))
            Sample(point, await client.Results(point, from, to, stop), from, step, values);
        return [.. values.Select((v, i) => new EmulatorState(from + i * step, v)).Where(s => s.Values.Count > 0)];
    }

    private static void Sample(string point, EmulatorSeries series, double from, double step, Dictionary<string, double>[] values)
    {
        var at = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var time = from + i * step;
            while (at + 1 < series.Times.Length && series.Times[at + 1] <= time) at++;
            if (at < series.Times.Length && at < series.Values.Length && Math.Abs(series.Times[at] - time) <= step) values[i][point] = series.Values[at];
        }
    }

    // What acted on a room is what the emulator's own control did, not what ours would have done.
    private Memory AsItWas(Memory memory, EmulatorState state) => OwnRegulation.Seen(map, memory with
    {
        Zones = map.Zones.ToDictionary(z => new ZoneId(z.Id), z => AsItWas(memory.Of(new ZoneId(z.Id)), z, state)),
        Circuits = map.Circuits.ToDictionary(c => new CircuitId(c.Id), c => AsItWas(memory.Of(new CircuitId(c.Id)), c, state)),
    }, state);

    private static ZoneMemory AsItWas(ZoneMemory memory, CaseZone zone, EmulatorState state) =>
        zone.Valve is [var valve, ..] && ShareOf(valve, state) is var share && double.IsFinite(share)
            ? memory with { Valve = valve.Follows == Follows.Demand ? 100 * share : share }
            : memory;

    private static CircuitMemory AsItWas(CircuitMemory memory, CaseCircuit circuit, EmulatorState state) =>
        circuit.Pump is [var pump, ..] && ShareOf(pump, state) is var share && double.IsFinite(share) ? memory with { Pump = share > 0 ? 1 : 0 } : memory;

    private static double ShareOf(CaseOutput output, EmulatorState state) =>
        Math.Clamp((state.Of(output.Point) - output.Off) / (output.On - output.Off), 0, 1);
}
