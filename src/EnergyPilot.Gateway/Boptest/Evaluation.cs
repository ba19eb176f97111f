using System.Collections.Immutable;
using System.Diagnostics;
using EnergyPilot.Core.Evaluation;
using EnergyPilot.Gateway.Commands.Installer;

namespace EnergyPilot.Gateway.Boptest;

/// <summary>What is to be evaluated.</summary>
/// <param name="Scenario">One of the case's own periods, "peak_heat_day"; empty when <paramref name="StartDay"/> counts.</param>
/// <param name="StartDay">Day of the emulated year to begin with.</param>
/// <param name="Days">Ends after so many days, if the scenario has not ended before.</param>
internal sealed record EvaluationPlan(CaseMap Map, CaseTariff Tariff, string Scenario, double StartDay, double Days)
{
    public const double ScenarioDays = 14;
    public static readonly TimeSpan WarmUp = TimeSpan.FromDays(7);

    /// <summary>BOPTEST's word for the tariff.</summary>
    public string Price => Tariff switch { CaseTariff.Dynamic => "dynamic", CaseTariff.HighlyDynamic => "highly_dynamic", _ => "constant" };

    public string Period => Scenario.Length > 0 ? Scenario : FormattableString.Invariant($"day {StartDay:0} of the year");
}

/// <summary>What came of it under one control.</summary>
/// <param name="Clipped">Values that lay beyond the emulator's bounds.</param>
/// <param name="Trace">One moment per quarter of an hour, for the report.</param>
internal sealed record EvaluationResult(
    string Control, double EmulatedDays, TimeSpan Took, int Clipped, IReadOnlyList<Kpi> Kpis, ImmutableArray<Moment> Trace);

/// <summary>An instant of a trace: temperatures in °C, power in W, price in €/kWh.</summary>
internal sealed record Moment(double Time, double Outdoor, double Supply, double Power, double Price, ImmutableArray<double> Zones, ImmutableArray<Band> Bands);

/// <summary>Runs a plan on an emulator, under whichever control.</summary>
internal sealed class Evaluation(BoptestClient client, EvaluationPlan plan, TimeProvider clock)
{
    private const double Day = 86_400;
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(30);

    public async Task<EvaluationResult> Under(IEmulatedControl control, Action<double, string> progress, CancellationToken stop)
    {
        progress(0, $"{control.Name}: the emulator's own week");
        var began = Stopwatch.GetTimestamp();
        await client.SetStep(plan.Map.Step.TotalSeconds, stop);
        var start = plan.Scenario.Length > 0
            ? await client.Scenario(plan.Scenario, plan.Price, stop)
            : await client.Initialize(plan.StartDay * Day, EvaluationPlan.WarmUp.TotalSeconds, plan.Price, stop);
        try
        {
            progress(0, $"{control.Name}: learning from that week");
            var recorder = new Recorder(client, plan);
            await control.Begin(start, EvaluationPlan.WarmUp, stop);
            var end = await Live(control, start, recorder, progress, stop);
            var kpis = await client.Kpis(stop);
            return new EvaluationResult(control.Name, (end.Time - start.Time) / Day, Stopwatch.GetElapsedTime(began), control.Clipped, kpis, recorder.Trace);
        }
        finally
        {
            await LetGo(control);
        }
    }

    private async Task<EmulatorState> Live(IEmulatedControl control, EmulatorState start, Recorder recorder, Action<double, string> progress, CancellationToken stop)
    {
        var (state, step) = (start, plan.Map.Step.TotalSeconds);
        while (state.Time < start.Time + plan.Days * Day)
        {
            await recorder.Note(state, stop);
            var overwrites = await control.Next(state, stop);
            if (await client.Advance(overwrites, state, step, plan.Map.Weather.Outdoor, stop) is not { } next) break;
            state = next;
            progress((state.Time - start.Time) / (plan.Days * Day), FormattableString.Invariant($"{control.Name}: day {(state.Time - start.Time) / Day:0.0}"));
        }

        return state;
    }

    // Also after trouble and Ctrl-C: whoever uses this emulator next must find it under its own control.
    private async Task LetGo(IEmulatedControl control)
    {
        if (control.LetGo.Count == 0) return;
        using var limit = new CancellationTokenSource(Farewell, clock);
        try
        {
            await client.Release(control.LetGo, limit.Token);
        }
        catch (Exception e) when (e is LostLine or VerbTrouble or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"The emulator may still hold overwrites ({e.Message}); start its scenario anew before other use.");
        }
    }
}
