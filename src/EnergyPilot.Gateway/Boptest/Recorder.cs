using System.Collections.Immutable;
using EnergyPilot.Core.Evaluation;

namespace EnergyPilot.Gateway.Boptest;

/// <summary>Keeps a moment of every quarter of an hour, whoever controls.</summary>
internal sealed class Recorder(BoptestClient client, EvaluationPlan plan)
{
    private const double Quarter = 900, Day = 86_400;

    private readonly CaseMap map = plan.Map;
    private readonly ComfortBands bands = new(plan.Map);
    private readonly ImmutableArray<Moment>.Builder moments = ImmutableArray.CreateBuilder<Moment>();
    private readonly Dictionary<long, double> prices = [];
    private double foreseen = double.NegativeInfinity, next = double.NegativeInfinity;

    public ImmutableArray<Moment> Trace => moments.ToImmutable();

    public async Task Note(EmulatorState state, CancellationToken stop)
    {
        if (state.Time < next) return;
        next = (Math.Floor(state.Time / Quarter) + 1) * Quarter;
        if (state.Time >= foreseen) await Foresee(state.Time, stop);
        moments.Add(new Moment(
            state.Time,
            Kelvins.ToCelsius(state.Of(map.Weather.Outdoor)),
            map.Circuits.SelectMany(c => c.Supply).Concat(map.Plant.Supply).FirstOrDefault() is { } supply ? Kelvins.ToCelsius(state.Of(supply)) : double.NaN,
            map.Plant.Power.Sum(state.Of),
            prices.GetValueOrDefault((long)(state.Time / Quarter), double.NaN),
            [.. map.Zones.Select(z => z.Temperature.Average(t => Kelvins.ToCelsius(state.Of(t))))],
            [.. map.Zones.Select((_, i) => bands.At(i, state.Time))]));
    }

    private async Task Foresee(double time, CancellationToken stop)
    {
        foreseen = time + Day;
        var price = map.Plant.Price.Of(plan.Tariff);
        var forecast = await client.Forecast(bands.Points.Union(price), TimeSpan.FromDays(1), ComfortBands.Interval, stop);
        bands.Take(forecast);
        for (var i = 0; i < forecast.Times.Length; i++) prices[(long)(forecast.Times[i] / Quarter)] = forecast.At(price, i);
    }
}
