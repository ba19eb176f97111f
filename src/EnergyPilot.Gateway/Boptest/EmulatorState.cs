using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace EnergyPilot.Gateway.Boptest;

/// <summary>What the emulator says after a step: every measurement, and every input as it is in force.</summary>
/// <param name="Time">Seconds since 1 January of the emulated year.</param>
internal sealed record EmulatorState(double Time, IReadOnlyDictionary<string, double> Values)
{
    /// <summary>A value; not a number where there is none.</summary>
    public double Of(string point) => Values.TryGetValue(point, out var value) ? value : double.NaN;

    /// <summary>False for the empty answer after the end of a scenario.</summary>
    public static bool TryRead(JsonElement payload, [NotNullWhen(true)] out EmulatorState? state)
    {
        state = null;
        if (payload.ValueKind != JsonValueKind.Object || !payload.TryGetProperty("time", out var time) || time.ValueKind != JsonValueKind.Number) return false;
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var property in payload.EnumerateObject())
            if (property.Value.ValueKind == JsonValueKind.Number) values[property.Name] = property.Value.GetDouble();
        state = new EmulatorState(time.GetDouble(), values);
        return true;
    }
}

/// <summary>What an emulator says of a point; bounds are not a number where it has none.</summary>
internal readonly record struct EmulatorPoint(string Unit, double Minimum, double Maximum)
{
    public static EmulatorPoint Of(JsonElement facts) => new(
        facts.ValueKind == JsonValueKind.Object && facts.TryGetProperty(nameof(Unit), out var unit) && unit.ValueKind == JsonValueKind.String ? unit.GetString() ?? "" : "",
        Bound(facts, nameof(Minimum)), Bound(facts, nameof(Maximum)));

    private static double Bound(JsonElement facts, string name) =>
        facts.ValueKind == JsonValueKind.Object && facts.TryGetProperty(name, out var bound) && bound.ValueKind == JsonValueKind.Number ? bound.GetDouble() : double.NaN;
}

/// <summary>The record of one point.</summary>
internal sealed record EmulatorSeries(double[] Times, double[] Values);

/// <summary>Values to come of several points at the same times.</summary>
internal sealed record EmulatorForecast(double[] Times, IReadOnlyDictionary<string, double[]> Values)
{
    public static readonly EmulatorForecast None = new([], new Dictionary<string, double[]>());

    /// <summary>The value of the first of these points at a place in <see cref="Times"/>; not a number where there is none.</summary>
    public double At(IReadOnlyList<string> points, int index) =>
        points.Count > 0 && Values.TryGetValue(points[0], out var list) && index < list.Length ? list[index] : double.NaN;
}

/// <summary>A key performance indicator by BOPTEST's name, "tdis_tot".</summary>
internal sealed record Kpi(string Name, double Value);
