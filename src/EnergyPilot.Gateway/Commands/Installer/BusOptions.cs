using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Hosting;

namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>BUS and the options that say how it is spoken to, the same for every verb of the installer.</summary>
internal sealed class BusOptions
{
    public const string AnySpeed = "all";
    private const int SlowestBaud = 300, FastestBaud = 921_600;

    public Argument<string> Bus { get; } = new("BUS") { Description = "A bus of the site file, or a place as site files write it: 192.168.1.20:502, rtu://host:4001, /dev/ttyUSB0, /dev/gpiochip0, /sys/bus/w1/devices, mqtt://host:1883" };
    public Option<string?> Site { get; } = new("--site") { Description = "Site file whose buses and devices are meant; without it the demo site" };
    private readonly Option<string?> protocol = new("--protocol") { Description = $"What is spoken at a place, where that does not say it itself: {string.Join(", ", FileWords.All<Protocol>())}" };
    private readonly Option<string?> baud = new("--baud") { Description = "Serial lines: bits per second; scan also takes \"all\"" };
    private readonly Option<string?> parity = new("--parity") { Description = "Serial lines: none, even or odd" };
    private readonly Option<int?> stopBits = new("--stop-bits") { Description = "Serial lines: 1 or 2" };
    private readonly Option<string?> deadline = new("--deadline") { Description = "How long one answer may take, for example 300ms or 2s" };

    public void AddTo(Command verb)
    {
        protocol.Validators.Add(result => Require(result, Is(result, FileWords.All<Protocol>().Contains), $"--protocol takes {string.Join(", ", FileWords.All<Protocol>())}."));
        parity.Validators.Add(result => Require(result, Is(result, FileWords.All<Parity>().Contains), "--parity takes none, even or odd."));
        baud.Validators.Add(result => Require(result, Is(result, t => t == AnySpeed && verb.Name == "scan" || TryBaud(t, out _)), $"--baud takes a speed from {SlowestBaud} to {FastestBaud}, for example 9600{(verb.Name == "scan" ? ", or all" : "")}."));
        deadline.Validators.Add(result => Require(result, Is(result, t => TryTime(t, out var time) && time >= TimeSpan.FromMilliseconds(20) && time <= TimeSpan.FromMinutes(2)), "--deadline takes a time from 20ms to 2min with its unit, for example 300ms or 2s."));
        stopBits.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is not (null or 1 or 2)) result.AddError("--stop-bits takes 1 or 2.");
        });
        verb.Add(Bus);
        foreach (var option in (Option[])[Site, protocol, baud, parity, stopBits, deadline]) verb.Add(option);
    }

    /// <summary>A time with its unit.</summary>
    public static bool TryTime(string text, out TimeSpan time)
    {
        time = default;
        if (!ValueText.TrySplit(text, out var number, out var symbol) || !Unit.TryFind(symbol, out var unit) || unit.Quantity != Quantity.Duration) return false;
        time = TimeSpan.FromSeconds(Math.Clamp(unit.ToCanonical(number), 0, 1e6));
        return true;
    }

    /// <summary>Finds the bus, or the device, that BUS names.</summary>
    public Target Resolve(ParseResult parsed)
    {
        var text = parsed.GetRequiredValue(Bus);
        var file = parsed.GetValue(Site) ?? ConfigFolder.DemoSite;
        var spoken = parsed.GetValue(protocol) is { } word && FileWords.TryFind<Protocol>(word, out var found) ? [found] : BusGuess.ProtocolsOf(text);
        foreach (var one in spoken)
            if (BusPlace.TryParse(one, text, out var place))
                return Tuned(new Target(new Bus("", one, text, Patience(one), TimeSpan.FromSeconds(1)) { Place = place, Format = LineFormat.Of(one) }, [], file), parsed);
        if (parsed.GetValue(protocol) is { } asked)
            throw VerbTrouble.Asked($"'{text}' is no place of a bus that speaks {asked}: expected {BusPlace.Expected(spoken[0])}.");
        return Tuned(OfSite(text, file), parsed);
    }

    public TimeSpan? Deadline(ParseResult parsed) => parsed.GetValue(deadline) is { } text && TryTime(text, out var time) ? time : null;

    private static Target OfSite(string text, string file)
    {
        if (!SiteFiles.TryLoad(file, out var site)) throw VerbTrouble.Asked($"So '{text}' cannot be looked up.");
        if (site.Buses.FirstOrDefault(b => b.Id == text) is { } bus)
            return new Target(bus, [.. site.Devices.Where(d => d.Bus.Id == bus.Id)], file);
        if (site.Devices.FirstOrDefault(d => d.Id == text) is { } device)
            return new Target(device.Bus, [.. site.Devices.Where(d => d.Bus.Id == device.Bus.Id)], file) { Named = [device] };
        var near = Nearest.To(text, site.Buses.Select(b => b.Id).Concat(site.Devices.Select(d => d.Id)));
        throw VerbTrouble.Asked($"'{text}' is neither a place (192.168.1.20:502, /dev/ttyUSB0 …) nor a bus of {Path.GetFileName(file)} ({string.Join(", ", site.Buses.Select(b => b.Id))})"
            + (near.Length > 0 ? $". Did you mean {near}?" : ", nor one of its devices. Name another file with --site."));
    }

    private Target Tuned(Target target, ParseResult parsed)
    {
        var format = target.Bus.Format;
        var speed = parsed.GetValue(baud);
        if (speed is not null && TryBaud(speed, out var rate)) format = format with { BaudRate = rate };
        if (parsed.GetValue(parity) is { } word && FileWords.TryFind<Parity>(word, out var bit)) format = format with { Parity = bit };
        if (parsed.GetValue(stopBits) is { } stops) format = format with { StopBits = stops };
        if (!HasFormat(target.Bus) && (speed is not null || parsed.GetValue(parity) is not null || parsed.GetValue(stopBits) is not null))
            throw VerbTrouble.Asked($"--baud, --parity and --stop-bits are for serial lines; {target.Bus.Where} is none.");
        return target with
        {
            Bus = target.Bus with { Format = format, Deadline = Deadline(parsed) ?? target.Bus.Deadline },
            Search = speed != AnySpeed ? LineSearch.Known : parsed.GetValue(parity) is null && target.Bus.Protocol == Protocol.Modbus ? LineSearch.AnySpeedAndParity : LineSearch.AnySpeed,
        };
    }

    private static bool HasFormat(Bus bus) => bus.Place is SerialPlace or NetworkPlace { Carrying: Carrying.SerialFrames } || bus.Protocol == Protocol.MBus;

    private static TimeSpan Patience(Protocol protocol) => TimeSpan.FromSeconds(protocol == Protocol.MBus ? 5 : 1);

    private static bool TryBaud(string text, out int rate) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out rate) && rate is >= SlowestBaud and <= FastestBaud;

    private static bool Is(OptionResult result, Func<string, bool> holds) => result.GetValueOrDefault<string?>() is not { } text || holds(text);

    private static void Require(OptionResult result, bool holds, string sentence)
    {
        if (!holds) result.AddError(sentence);
    }
}
