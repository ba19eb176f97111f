using System.Globalization;

namespace EnergyPilot.Benchmarks.Seasons;

/// <summary>What the project claims of its control, one line each, and whether these seasons bear it out. Claims on seasons that were not run are left out.</summary>
internal static class SeasonsClaims
{
    private const double StudyTolerance = 0.1, LateShare = 0.01;

    private static readonly string[] Rows = ["a", "b", "c"], Ours = ["d", "e"];

    public static IReadOnlyList<string> Of(IReadOnlyList<SeasonResult> results)
    {
        var seasons = results.Where(result => result.Days == SeasonRun.FullDays).ToDictionary(result => (result.Building, result.Controller));
        var claims = new List<string>();
        foreach (var row in Rows)
            if (seasons.TryGetValue(("base", row), out var season))
                Claim($"{row} on the base building is within 10 % of the study", Math.Abs(season.EnergyKwhPerM2 / StudyFigures.GasKwhPerM2(season) - 1), StudyTolerance);
        AtMost("d uses at most 0.62 of b's gas", "base", "d", "b", r => r.EnergyKwhPerM2, 0.62);
        AtMost("prior-only uses at most 0.80", "base", "prior", "b", r => r.EnergyKwhPerM2, 0.80);
        AtMost("with floors of 8 °C at most 0.54", "base", "legal", "b", r => r.EnergyKwhPerM2, 0.54);
        AtMost("e costs at most 0.90 of d at hourly prices", "heatpump", "e", "d", r => r.EurosPerM2, 0.90);
        AtMost("e has at most 0.70 of d's peak under a limit", "district", "e", "d", r => r.PeakKw, 0.70);
        foreach (var building in Buildings.All)
            AtMost($"e costs at most 1 % more than d: {building.Name}", building.Name, "e", "d", r => r.EurosPerM2, 1.01);
        if (seasons.TryGetValue(("base", "d"), out var d))
        {
            Claim("d leaves at most 5 K·h per zone", d.ColdKelvinHours, 5);
            Claim("d is late on no morning", d.LateMornings, 0);
        }
        foreach (var (key, season) in seasons.Where(entry => Ours.Contains(entry.Key.Controller) && entry.Key.Building != "weak"))
            Claim($"at most 1 % of mornings late: {key.Building} {key.Controller}", (double)season.LateMornings / season.Mornings, LateShare);
        return claims;

        void AtMost(string claim, string building, string one, string other, Func<SeasonResult, double> figure, double limit)
        {
            if (seasons.TryGetValue((building, one), out var left) && seasons.TryGetValue((building, other), out var right))
                Claim(claim, figure(left) / figure(right), limit);
        }

        void Claim(string claim, double found, double limit) =>
            claims.Add(string.Create(CultureInfo.InvariantCulture, $"{(found <= limit ? "holds" : "FAILS")}  {found:0.000}  {claim}"));
    }
}
