using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Simulation;

namespace EnergyPilot.Gateway.Commands;

/// <summary>"run": the gateway itself; without a site file the demo school.</summary>
internal static class RunCommand
{
    public static Command Verb()
    {
        var verb = new Command("run", "Runs the gateway of a site. Without SITE: the demo school, all virtual.");
        AddTo(verb);
        return verb;
    }

    public static void AddTo(Command verb)
    {
        var site = new Argument<string?>("SITE") { Description = "Site file; its real buses are opened unless --virtual is given", Arity = ArgumentArity.ZeroOrOne };
        var simulated = new Option<bool>("--virtual") { Description = "Build a virtual school from SITE instead of opening its buses" };
        var data = new Option<string?>("--data") { Description = "Folder for history, settings and accounts" };
        var url = new Option<string>("--url") { Description = "Where the page is served", DefaultValueFactory = _ => "http://localhost:8080" };
        var speed = new Option<double>("--speed") { Description = "Virtual school only: so many times faster than real time", DefaultValueFactory = _ => 1 };
        var start = new Option<DateTime?>("--start") { Description = "Virtual school only: local time at which it starts, for example 2027-01-11T05:00" };
        var outlook = new Option<string>("--outlook") { Description = "File or http(s) address of hourly forecasts of weather and prices (README); else the environment variable ENERGYPILOT_OUTLOOK", DefaultValueFactory = _ => Environment.GetEnvironmentVariable("ENERGYPILOT_OUTLOOK") ?? "" };
        var uplink = new Option<string?>("--uplink") { Description = "Virtual school only: broker that it sends to, for example mqtt://127.0.0.1:1883; without it a virtual school sends nothing" };
        var faults = new Option<string[]>("--fault") { Description = $"Virtual school only: break something: {Fault.Known}", DefaultValueFactory = _ => [] };
        url.Validators.Add(result => Require(result, IsUrl(result.GetValueOrDefault<string>()), "--url takes an address such as http://localhost:8080 (http; a proxy in front may add https)."));
        start.Validators.Add(result => Require(result, result.GetValueOrDefault<DateTime?>() is null or { Year: > 1990 and < 2100 }, "--start takes a time between 1991 and 2099, for example 2027-01-11T05:00."));
        data.Validators.Add(result => Require(result, result.GetValueOrDefault<string?>() is not "", "--data takes a folder."));
        speed.Validators.Add(result => Require(result, result.GetValueOrDefault<double>() is >= 1 and <= 10_000, "--speed takes a number from 1 to 10000."));
        uplink.Validators.Add(result => Require(result, result.GetValueOrDefault<string?>() is not { } place || BusPlace.TryParse(Protocol.Mqtt, place, out _), $"--uplink takes {BusPlace.Expected(Protocol.Mqtt)}."));
        faults.Validators.Add(CheckFaults);
        foreach (var option in (Option[])[simulated, data, url, speed, start, outlook, uplink, faults]) verb.Add(option);
        verb.Add(site);
        verb.SetAction((parsed, stop) => Run(new GatewayOptions(
            parsed.GetValue(site) ?? ConfigFolder.DemoSite,
            parsed.GetValue(site) is null || parsed.GetValue(simulated) ? SchoolKind.Virtual : SchoolKind.Real,
            parsed.GetValue(data) ?? DataFolder.Of(parsed.GetValue(site)),
            parsed.GetRequiredValue(url), parsed.GetValue(speed), parsed.GetValue(start), Faults(parsed.GetValue(faults) ?? [])) 
        {
            Outlook = parsed.GetValue(outlook) ?? "",
            Uplink = parsed.GetValue(uplink) is { } broker && BusPlace.TryParse(Protocol.Mqtt, broker, out var place) ? place : null,
        }, stop));
    }

    private static async Task<int> Run(GatewayOptions options, CancellationToken stop)
    {
        if (!SiteFiles.TryStart(options, out var start)) return 1;
        if (options.School == SchoolKind.Real && (options.Speed > 1 || options.Start is not null || options.Faults.Count > 0 || options.Uplink is not null))
        {
            Console.Error.WriteLine("--speed, --start, --uplink and --fault are for a virtual school: add --virtual, or leave them out.");
            return 1;
        }

        foreach (var mismatch in options.Faults.Select(f => f.MismatchWith(start.Edition.Site)).Where(m => m.Length > 0))
        {
            Console.Error.WriteLine(mismatch);
            return 1;
        }

        try
        {
            await GatewayHost.Run(options, start, stop);
            return Environment.ExitCode;
        }
        catch (Exception e) when (Explain(e, options) is { } sentence)
        {
            Console.Error.WriteLine(sentence);
            return 1;
        }
    }

    // What a person at the terminal can mend is said in a sentence; everything else is a defect and keeps its stack trace.
    private static string? Explain(Exception e, GatewayOptions options) => e switch
    {
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } =>
            $"{options.Url} is in use by another program. Choose another with --url http://localhost:8081.",
        System.Net.Sockets.SocketException =>
            $"The page cannot be served on {options.Url}: {e.Message}. Choose another address with --url.",
        UnauthorizedAccessException or IOException or Microsoft.Data.Sqlite.SqliteException =>
            $"The data folder {Path.GetFullPath(options.DataFolder)} cannot be written: {e.Message} Choose another with --data.",
        _ => null,
    };

    private static IReadOnlyList<Fault> Faults(string[] texts) => [.. texts.Select(t => Fault.TryParse(t, out var fault) ? fault : null).OfType<Fault>()];

    private static void CheckFaults(OptionResult result)
    {
        foreach (var text in result.GetValueOrDefault<string[]>() ?? [])
            Require(result, Fault.TryParse(text, out _), string.Create(CultureInfo.InvariantCulture, $"--fault '{text}' is not known; known are {Fault.Known}."));
    }

    private static bool IsUrl(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttp && url.Port is >= 0 and <= 65535;

    private static void Require(OptionResult result, bool holds, string sentence)
    {
        if (!holds) result.AddError(sentence);
    }
}
