using System.Diagnostics.CodeAnalysis;

namespace EnergyPilot.Benchmarks.Seasons;

/// <summary>What the verb was asked: all buildings and controllers, or some; the whole season, or two months of it.</summary>
internal sealed record SeasonsOptions(IReadOnlyList<Building> Buildings, IReadOnlyList<Controller> Controllers, int Days, ulong Seed, string Report)
{
    private const int QuickDays = 61;

    private static readonly string[] QuickControllers = ["b", "c", "d"];

    public static string Usage =>
        $"seasons [--quick] [--building NAME,…] [--controllers NAME,…] [--days N] [--seed N] [--report FILE]{Environment.NewLine}"
        + $"Buildings: {string.Join(", ", Seasons.Buildings.All.Select(building => building.Name))}{Environment.NewLine}"
        + $"Controllers: {string.Join(", ", Controller.All.Select(controller => controller.Name))}";

    public IReadOnlyList<SeasonRun> Runs() =>
    [
        .. from building in Buildings
           from controller in Controllers
           where building.Controllers.Contains(controller.Name)
           select new SeasonRun(building.With(Seed), controller, Days),
    ];

    public static bool TryParse(string[] arguments, [NotNullWhen(true)] out SeasonsOptions? options, out string mistake)
    {
        (options, mistake) = (new SeasonsOptions(Seasons.Buildings.All, Controller.All, SeasonRun.FullDays, 1, ""), "");
        for (var i = 0; i < arguments.Length && options is not null; i++)
        {
            var value = i + 1 < arguments.Length ? arguments[i + 1] : "";
            switch (arguments[i])
            {
                case "--quick":
                    options = options with { Buildings = [Seasons.Buildings.All[0]], Controllers = Named(QuickControllers), Days = QuickDays };
                    continue;
                case "--building": options = options with { Buildings = [.. Seasons.Buildings.All.Where(building => value.Split(',').Contains(building.Name))] }; break;
                case "--controllers": options = options with { Controllers = Named(value.Split(',')) }; break;
                case "--days" when int.TryParse(value, out var days) && days is > 0 and <= SeasonRun.FullDays: options = options with { Days = days }; break;
                case "--seed" when ulong.TryParse(value, out var seed): options = options with { Seed = seed }; break;
                case "--report" when value.Length > 0: options = options with { Report = value }; break;
                default: options = null; break;
            }
            i++;
        }
        if (options is null || options.Runs().Count == 0) (options, mistake) = (null, Usage);
        return options is not null;
    }

    private static Controller[] Named(string[] names) => [.. Controller.All.Where(controller => names.Contains(controller.Name))];
}
