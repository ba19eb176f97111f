using System.Collections.Immutable;
using System.Globalization;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Commands.Installer;
using EnergyPilot.Gateway.Learning;
using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Gateway.Commands.Learning;

/// <summary>What zones have learned, as tables.</summary>
internal static class ModelSheet
{
    public static void Print(DataBeside data, SchoolKnowledge school, IReadOnlyList<ZoneId> zones)
    {
        Console.WriteLine($"{school.School}; times in {school.LocalTime.Id}. An error is that of day-long predictions; known of {ZoneModel.Count} parameters are those that data tell clearly better than the prior.");
        Summary(data, school, zones).Print();
        if (zones.Count > 1)
        {
            Console.WriteLine("Parameters; those in brackets are not known yet:");
            Parameters(school, zones).Print();
            return;
        }

        Single(school.Zones[zones[0]]).Print();
    }

    private static Sheet Summary(DataBeside data, SchoolKnowledge school, IReadOnlyList<ZoneId> zones) => new(
        ["zone", ">good days", ">error [K]", ">known", ">warm-ups", ">free nights", "model of", "last lesson", "verdict"],
        [.. zones.Select(zone => Row(school, zone, school.Zones[zone], Seen(data, school, zone)))]);

    private static ImmutableArray<string> Row(SchoolKnowledge school, ZoneId zone, Learned learned, Excitation? seen) =>
    [
        zone.Name, Text(learned.Days, "0.0"), Text(learned.Rmse, "0.00"),
        string.Create(CultureInfo.InvariantCulture, $"{Enumerable.Range(0, ZoneModel.Count).Count(learned.Knows)}"),
        seen is { } s ? s.WarmUps.ToString(CultureInfo.InvariantCulture) : "–", seen is { } n ? n.FreeNights.ToString(CultureInfo.InvariantCulture) : "–",
        learned.HasLearned ? Moment(school, learned.Updated) : learned.Prior.Model == ZoneModel.Prior ? "prior" : "imported prior",
        learned.LastVerdict == Verdict.NotTried ? "–" : Moment(school, learned.LastAttempt), VerdictWords.Of(learned.LastVerdict),
    ];

    // Of the window that the newest lesson looked at.
    private static Excitation? Seen(DataBeside data, SchoolKnowledge school, ZoneId zone)
    {
        var quarters = data.Quarters.Since(zone, data.Quarters.Newest - Lesson.Window);
        return quarters.Length > 0 ? Excitation.Of(quarters, school.LocalTime) : null;
    }

    private static Sheet Parameters(SchoolKnowledge school, IReadOnlyList<ZoneId> zones) => new(
        ["zone", .. Parameter.All.Select(p => $">{p.Name} [{p.Unit}]")],
        [.. zones.Select(zone => (ImmutableArray<string>)[zone.Name, .. Parameter.All.Select((_, i) => Value(school.Zones[zone], i))])]);

    private static string Value(Learned learned, int parameter)
    {
        var text = Text(learned.Model.Values[parameter], "0.000");
        return learned.Knows(parameter) ? text : $"({text})";
    }

    private static Sheet Single(Learned learned) => new(
        ["parameter", ">value", "unit", ">prior", ">spread left", "", "meaning"],
        [
            .. Parameter.All.Select((p, i) => (ImmutableArray<string>)
            [
                p.Name, Text(learned.Model.Values[i], "0.000"), p.Unit, Text(learned.Prior.Model.Values[i], "0.000"),
                Text(100 * learned.SdRatios[i], "0") + " %", learned.Knows(i) ? "known" : "not known yet", p.Meaning,
            ]),
        ]);

    private static string Moment(SchoolKnowledge school, DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, school.LocalTime).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Text(double value, string form) => double.IsFinite(value) ? value.ToString(form, CultureInfo.InvariantCulture) : "–";
}
