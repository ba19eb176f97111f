using System.Text.Json;

namespace EnergyPilot.Benchmarks.Seasons;

/// <summary>The figures that decide, as the last line of the output; null for what was not run.</summary>
internal static class SeasonsVerdict
{
    private const string Base = "base", Dynamic = "heatpump", Limited = "district";

    public static string Json(IReadOnlyList<SeasonResult> results)
    {
        var (b, d) = (Find(Base, "b"), Find(Base, "d"));
        return JsonSerializer.Serialize(new
        {
            d_over_b = Ratio(d, b),
            d_kh = Rounded(d?.ColdKelvinHours),
            d_late = d?.LateMornings,
            prior_over_b = Ratio(Find(Base, "prior"), b),
            legal_over_b = Ratio(Find(Base, "legal"), b),
            e_dynamic_saving = Rounded(1 - Find(Dynamic, "e")?.EurosPerM2 / Find(Dynamic, "d")?.EurosPerM2),
            e_peak_saving = Rounded(1 - Find(Limited, "e")?.PeakKw / Find(Limited, "d")?.PeakKw),
            d_over_f = Rounded(d?.HeatKwhPerM2 / Find(Base, "f")?.HeatKwhPerM2),
        });

        SeasonResult? Find(string building, string controller) =>
            results.FirstOrDefault(result => result.Building == building && result.Controller == controller);
    }

    private static double? Ratio(SeasonResult? one, SeasonResult? other) => Rounded(one?.EnergyKwhPerM2 / other?.EnergyKwhPerM2);

    private static double? Rounded(double? value) => value is { } known && double.IsFinite(known) ? Math.Round(known, 4) : null;
}
