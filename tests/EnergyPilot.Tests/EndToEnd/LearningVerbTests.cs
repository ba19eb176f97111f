using System.Text.Json;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Tests.Core.Learning;
using EnergyPilot.Tests.Gateway.Storage;

namespace EnergyPilot.Tests.EndToEnd;

/// <summary>"model" and "mornings" over the data folder of a gateway, as a person at a terminal runs them.</summary>
public sealed class LearningVerbTests : IDisposable
{
    private static readonly ZoneId Cp = new("cp"), Gym = new("gym");
    private static readonly DateTimeOffset Monday = new(2026, 1, 12, 7, 20, 0, TimeSpan.Zero);

    private readonly StoreFolder folder = new();

    public LearningVerbTests()
    {
        using var store = folder.Open();
        var learned = Learned.Of(ZonePrior.Ordinary, Monday) with
        {
            Model = ZoneModel.Prior with { Heating = 12.345 }, Days = 11.5, Rmse = 0.42, LastAttempt = Monday.AddHours(11), LastVerdict = Verdict.Accepted,
            SdRatios = [.. Enumerable.Range(0, ZoneModel.Count).Select(i => i == 2 ? 0.2 : 0.9)],
        };
        store.Knowledge.Change(Monday, k => (k with { School = "École", TimeZone = "Europe/Paris" }).With(Cp, learned).With(Gym, Learned.Of(ZonePrior.Ordinary, Monday)));
        foreach (var quarter in RandomZone.Days(ZoneModel.Prior, 5, new Random(1)))
            store.Record(EnergyPilot.Tests.Gateway.Storage.School.Decided(EnergyPilot.Tests.Gateway.Storage.School.Nothing(quarter.End) with { Quarters = [new ZoneQuarter(Cp, quarter)] }));
        store.Record(EnergyPilot.Tests.Gateway.Storage.School.Decided(EnergyPilot.Tests.Gateway.Storage.School.Nothing(Monday) with
        {
            Mornings =
            [
                new Morning(Cp, new ArrivalForecast(Monday.AddHours(-60), Monday, Monday.AddHours(-3), Monday.AddMinutes(-5), 18.9), Monday.AddHours(-2), Monday.AddMinutes(-2), 19.2, 19),
                new Morning(Gym, new ArrivalForecast(Monday.AddHours(-60), Monday, Monday.AddHours(-3), Monday.AddMinutes(-5), 18.9), Monday.AddHours(-2), DateTimeOffset.MaxValue, 18.2, 19),
            ],
        }));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Show_says_what_each_zone_knows_with_units()
    {
        var (code, output) = await Ran("model", "show");

        code.ShouldBe(0, output);
        output.ShouldContain("heating [K/h]");
        output.ShouldContain("12.345");
        output.ShouldContain("(1.200)", Case.Sensitive, "what is not known stands in brackets");
        output.ShouldContain("accepted");
        output.ShouldMatch(@"gym +0\.0 +– +0 +– +– +prior");
    }

    [Fact]
    public async Task Mornings_compare_forecast_and_reality()
    {
        var (code, output) = await Ran("mornings");

        code.ShouldBe(0, output);
        output.ShouldContain("Mon 2026-01-12 08:20");
        output.ShouldContain("+0.3");
        output.ShouldContain("2 forecasts: mean error -0.20 K (room less expected), 95 % within 0.70 K; 1 of 2 more than 0.5 K below the target.");
    }

    [Fact]
    public async Task Model_travels_to_a_sister_school_while_its_gateway_runs_and_is_forgotten_again()
    {
        var file = Path.Combine(folder.Path, "models.json");
        (await Ran("model", "export", file, "--zone", "cp")).Code.ShouldBe(0);
        using (var json = JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)))
        {
            json.RootElement.GetProperty("version").GetInt32().ShouldBe(1);
            json.RootElement.GetProperty("units").GetProperty("heating").GetString().ShouldBe("K/h");
        }

        using var running = folder.Open();
        var (code, output) = await Ran("model", "import", file, "--zone", "gym");

        code.ShouldBe(0, output);
        var gym = running.Knowledge.Load().Zones[Gym];
        gym.Prior.Model.Heating.ShouldBe(12.345);
        gym.Prior.Spread[2].ShouldBe(ZoneModel.Spread[2] / 2);
        gym.HasLearned.ShouldBeFalse();
        running.Knowledge.Load().Zones[Cp].HasLearned.ShouldBeTrue("the other zone was not touched");
        running.Audit.Latest(1).ShouldHaveSingleItem().What.ShouldBe("model imported");

        (await Ran("model", "reset", "--zone", "all")).Code.ShouldBe(0);
        running.Knowledge.Load().Zones.Values.ShouldAllBe(z => !z.HasLearned && z.Prior.Model == ZoneModel.Prior);
        running.Audit.Latest(1).ShouldHaveSingleItem().What.ShouldBe("model reset");
    }

    [Theory]
    [InlineData("model show --zone attic", "there are cp, gym", 1)]
    [InlineData("model reset", "--zone all", 1)]
    [InlineData("model import", "needs a FILE", 1)]
    [InlineData("model import /no/such/file.json --zone cp", "cannot be read", 1)]
    [InlineData("model dance", "dance", 1)]
    [InlineData("mornings --days 0", "--days takes", 1)]
    public async Task Wrong_questions_are_explained(string arguments, string explanation, int expected)
    {
        var (code, output) = await Ran(arguments.Split(' '));

        code.ShouldBe(expected, output);
        output.ShouldContain(explanation);
        output.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("{", "is not JSON")]
    [InlineData("{}", "no file of learned models")]
    [InlineData("""{"format":"energypilot-zone-models","version":2,"zones":{}}""", "another version")]
    [InlineData("""{"format":"energypilot-zone-models","version":1,"zones":{}}""", "no zones")]
    [InlineData("""{"format":"energypilot-zone-models","version":1,"zones":{"a":{"model":{}}}}""", "no number for airToFast")]
    [InlineData("""{"format":"energypilot-zone-models","version":1,"zones":{"a":{"model":{"airToFast":1.2,"airToOutdoor":0.15,"heating":9000,"sunEast":0.5,"sunSouth":0.5,"sunWest":0.5,"people":1.5,"fastToAir":0.35,"fastToDeep":0.2,"deepToFast":0.08,"deepToOutdoor":0.02}}}}""", "no room is like")]
    public async Task Strange_files_are_refused_and_change_nothing(string json, string explanation)
    {
        var file = Path.Combine(folder.Path, "strange.json");
        await File.WriteAllTextAsync(file, json, TestContext.Current.CancellationToken);

        var (code, output) = await Ran("model", "import", file, "--zone", "cp");

        code.ShouldBe(1);
        output.ShouldContain(explanation);
        using var store = folder.Open();
        store.Knowledge.Load().Zones[Cp].HasLearned.ShouldBeTrue();
    }

    [Fact]
    public async Task Folder_without_a_gateway_is_a_sentence_and_stays_empty()
    {
        var empty = Directory.CreateTempSubdirectory("energypilot-none-");
        var (code, output) = await GatewayProcess.Ran("mornings", "--data", empty.FullName);

        code.ShouldBe(1);
        output.ShouldContain("no data of a gateway");
        empty.EnumerateFileSystemInfos().ShouldBeEmpty();
        empty.Delete();
    }

    private async Task<(int Code, string Output)> Ran(params string[] arguments) => await GatewayProcess.Ran([.. arguments, "--data", folder.Path]);
}
