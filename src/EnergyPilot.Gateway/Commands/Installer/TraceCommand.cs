using System.CommandLine;

namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>"trace": what was said on a bus, with its meaning.</summary>
internal static class TraceCommand
{
    private const int MostFrames = 100_000;

    public static Command Verb()
    {
        var bus = new BusOptions();
        var url = new Option<string>("--url") { Description = "The page of the running gateway", DefaultValueFactory = _ => "http://localhost:8080" };
        var last = new Option<int>("--last") { Description = "How many of the last frames", DefaultValueFactory = _ => 100 };
        var follow = new Option<bool>("--follow") { Description = "Go on until Ctrl-C" };
        var listen = new Option<bool>("--listen") { Description = "Open the bus from here instead of asking a gateway, and poll the site's devices on it" };
        var rounds = new Option<int>("--count") { Description = "With --listen: stop after so many rounds of polling; 0 goes on until Ctrl-C", DefaultValueFactory = _ => 0 };
        var pcap = new Option<string?>("--pcap") { Description = "Modbus: also write the frames as a capture file for Wireshark" };
        url.Validators.Add(result =>
        {
            if (!(Uri.TryCreate(result.GetValueOrDefault<string>(), UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps))) result.AddError("--url takes the address of a gateway's page, such as http://localhost:8080.");
        });
        foreach (var (option, least) in ((Option<int>, int)[])[(last, 1), (rounds, 0)])
            option.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<int>() is var number && (number < least || number > MostFrames)) result.AddError($"{option.Name} takes a number from {least} to {MostFrames}.");
            });
        pcap.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is "") result.AddError("--pcap takes the name of a file.");
        });
        var verb = new Command("trace", $"Shows the last frames of a bus with what they mean, as the running gateway heard them. {InstallerVerb.ExitCodes}");
        bus.AddTo(verb);
        foreach (var option in (Option[])[url, last, follow, listen, rounds, pcap]) verb.Add(option);
        InstallerVerb.Do(verb, async (parsed, stop) =>
        {
            var target = bus.Resolve(parsed);
            if (parsed.GetValue(listen)) return await OwnTrace.Run(target, parsed.GetValue(rounds), parsed.GetValue(pcap) ?? "", stop);
            using var gateway = new GatewayTrace(target, parsed.GetRequiredValue(url));
            await gateway.Show(parsed.GetValue(last), stop);
            if (parsed.GetValue(pcap) is { } file) await gateway.Capture(file, stop);
            if (parsed.GetValue(follow)) await gateway.Follow(stop);
            return 0;
        });
        return verb;
    }
}
