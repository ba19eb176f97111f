using System.Collections.Immutable;
using System.Globalization;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Evaluation;
using EnergyPilot.Gateway.Commands.Installer;

namespace EnergyPilot.Gateway.Boptest;

/// <summary>Compares a map with what the emulator has, before anything is simulated: every wrong name at once, each with the one that was perhaps meant.</summary>
internal static class PointCheck
{
    /// <summary>The inputs, when the map fits.</summary>
    public static async Task<IReadOnlyDictionary<string, EmulatorPoint>> Of(BoptestClient client, CaseMap map, CaseTariff tariff, CancellationToken stop)
    {
        var inputs = await client.Inputs(stop);
        var wrong = Wrong(map, tariff, inputs, (await client.Measurements(stop)).Keys, (await client.ForecastPoints(stop)).Keys);
        return wrong.Length == 0 ? inputs
            : throw VerbTrouble.Asked($"The map does not fit the emulator's case {map.Case}: {string.Join("; ", wrong)}.");
    }

    /// <summary>What does not fit.</summary>
    public static ImmutableArray<string> Wrong(
        CaseMap map, CaseTariff tariff, Dictionary<string, EmulatorPoint> inputs, IEnumerable<string> measurements, IEnumerable<string> forecasts) =>
    [
        .. Unknown("input", map.Overwritten, [.. inputs.Keys]),
        .. Unknown("measurement", map.Read, [.. measurements, .. inputs.Keys]),
        .. Unknown("forecast", map.Forecast(tariff), [.. forecasts]),
        .. OutOfRange(map, inputs),
    ];

    private static IEnumerable<string> Unknown(string kind, IEnumerable<string> names, HashSet<string> known) =>
        names.Where(name => !known.Contains(name)).Select(name => Nearest.To(name, known) is { Length: > 0 } near
            ? $"no {kind} {name} (nearest: {near})"
            : $"no {kind} {name}");

    private static IEnumerable<string> OutOfRange(CaseMap map, Dictionary<string, EmulatorPoint> inputs) =>
        from output in map.Outputs
        from value in (double[])[output.On, output.Off]
        where inputs.TryGetValue(output.Point, out var facts) && (value < facts.Minimum || value > facts.Maximum)
        let bounds = inputs[output.Point]
        select string.Create(CultureInfo.InvariantCulture, $"{output.Point} takes {bounds.Minimum} to {bounds.Maximum}, not {value}");
}
