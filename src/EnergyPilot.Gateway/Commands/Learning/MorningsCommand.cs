using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using EnergyPilot.Core.Control;
using EnergyPilot.Gateway.Commands.Installer;
using EnergyPilot.Gateway.Learning;

namespace EnergyPilot.Gateway.Commands.Learning;

/// <summary>"mornings": what was forecast for each zone and morning, and what came.</summary>
internal static class MorningsCommand
{
    public static System.CommandLine.Command Verb()
    {
        var data = DataBeside.Option();
        var days = new Option<int>("--days") { Description = "So many days back from the newest", DefaultValueFactory = _ => 14 };
        days.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 1100) result.AddError("--days takes a number from 1 to 1100.");
        });
        var verb = new System.CommandLine.Command("mornings", $"What was forecast for each zone and use when the last one ended, and what came. {InstallerVerb.ExitCodes}") { data, days };
        InstallerVerb.Do(verb, (parsed, _) =>
        {
            using var folder = DataBeside.Open(parsed.GetRequiredValue(data));
            var span = TimeSpan.FromDays(parsed.GetValue(days));
            if (folder.Mornings.Newest is not { } newest) throw VerbTrouble.Field("No zone has been forecast and used yet.");
            Print(folder.Mornings.Between(newest - span, newest.AddSeconds(1)), folder.Knowledge.Load().LocalTime);
            return Task.FromResult(0);
        });
        return verb;
    }

    private static void Print(ImmutableArray<Morning> mornings, TimeZoneInfo zone)
    {
        Console.WriteLine($"Times in {zone.Id}; temperatures as the sensor shows them, in °C.");
        new Sheet(
            ["use", "zone", "forecast of", ">start", ">began", ">ready then", ">ready", ">target", ">expected", ">room", ">error [K]"],
            [.. mornings.Select(m => Row(m, zone))]).Print();
        var score = MorningScore.Of(mornings);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{score.Count} forecasts: mean error {score.MeanErrorK:+0.00;-0.00;0.00} K (room less expected), 95 % within {score.Error95K:0.00} K; {score.Late} of {mornings.Length} more than 0.5 K below the target."));
    }

    private static ImmutableArray<string> Row(Morning morning, TimeZoneInfo zone)
    {
        var forecast = morning.Forecast;
        return
        [
            At(forecast.Use, "ddd yyyy-MM-dd HH:mm"), morning.Zone.Name, At(forecast.Made, "ddd HH:mm"), At(forecast.Start, "ddd HH:mm"),
            morning.Began == DateTimeOffset.MinValue ? "not needed" : At(morning.Began, "ddd HH:mm"),
            At(forecast.Ready, "HH:mm"), morning.Ready == DateTimeOffset.MaxValue ? "not yet" : At(morning.Ready, "HH:mm"),
            Degrees(morning.Target), Degrees(forecast.Room), Degrees(morning.Room), Degrees(morning.Room - forecast.Room, "+0.0;-0.0;0.0"),
        ];

        string At(DateTimeOffset at, string form) => TimeZoneInfo.ConvertTime(at, zone).ToString(form, CultureInfo.InvariantCulture);
    }

    private static string Degrees(double value, string form = "0.0") => double.IsFinite(value) ? value.ToString(form, CultureInfo.InvariantCulture) : "–";
}
