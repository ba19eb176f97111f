using System.Globalization;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Evaluation;
using EnergyPilot.Gateway.Boptest;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Gateway.Boptest;

/// <summary>The points of an emulator as its documentation lists them (points.txt), and our map of it.</summary>
internal sealed record CaseFacts(Dictionary<string, EmulatorPoint> Inputs, HashSet<string> Measurements, HashSet<string> Forecasts)
{
    public static readonly string[] Cases =
    [
        "bestest_hydronic", "bestest_hydronic_heat_pump", "singlezone_commercial_hydronic",
        "multizone_residential_hydronic", "multizone_office_simple_hydronic", "twozone_apartment_hydronic",
    ];

    public static string MapPath(string name) => Path.Combine(SchoolFiles.Root, "config/boptest", name + ".yaml");

    public static Parsed<CaseMap> Parse(string text) => CaseMapFile.Parse(new DocumentText("case.yaml", text));

    public static CaseMap Map(string name)
    {
        var parsed = Parse(File.ReadAllText(MapPath(name)));
        parsed.Mistakes.ShouldBeEmpty();
        return parsed.TryGet(out var map) ? map : throw new InvalidOperationException(name);
    }

    public static CaseFacts Of(string name)
    {
        var facts = new CaseFacts([], [], []);
        var mine = false;
        foreach (var words in File.ReadLines(Path.Combine(SchoolFiles.Root, "tests/EnergyPilot.Tests/Gateway/Boptest/points.txt")).Select(line => line.Split(' ')))
        {
            if (words[0] == "case") mine = words[1] == name;
            else if (mine && words[0] == "i") facts.Inputs[words[1]] = new EmulatorPoint(words[2], Number(words[3]), Number(words[4]));
            else if (mine && words[0] == "m") facts.Measurements.Add(words[1]);
            else if (mine && words[0] == "f") facts.Forecasts.Add(words[1]);
        }

        return facts;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
