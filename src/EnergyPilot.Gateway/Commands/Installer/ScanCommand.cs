using System.CommandLine;
using EnergyPilot.Core.Devices;

namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>"scan": what is on a bus.</summary>
internal static class ScanCommand
{
    private static readonly TimeSpan UsualListening = TimeSpan.FromSeconds(10);

    public static Command Verb()
    {
        var bus = new BusOptions();
        var units = new Option<string?>("--units") { Description = "Modbus and M-Bus: addresses to ask, for example 1-32; all when missing" };
        var listen = new Option<string?>("--listen") { Description = "MQTT: how long to listen, for example 30s; 10s when missing" };
        units.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !UnitRange.TryParse(text, out _)) result.AddError($"--units takes a range of addresses such as 1-32, not '{text}'.");
        });
        listen.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !(BusOptions.TryTime(text, out var time) && time >= TimeSpan.FromMilliseconds(100))) result.AddError("--listen takes a time with its unit, for example 30s.");
        });
        var verb = new Command("scan", $"Finds what is on a bus: Modbus units, M-Bus meters, a meter's télé-information, 1-Wire sensors, GPIO lines, MQTT topics. {InstallerVerb.ExitCodes}");
        bus.AddTo(verb);
        verb.Add(units);
        verb.Add(listen);
        InstallerVerb.Do(verb, (parsed, stop) =>
        {
            var target = bus.Resolve(parsed);
            UnitRange? range = parsed.GetValue(units) is { } text && UnitRange.TryParse(text, out var read) ? read : null;
            return target.Bus.Protocol switch
            {
                Protocol.Modbus => new ModbusScan(target, range ?? new UnitRange(1, 247), bus.Deadline(parsed)).Run(stop),
                Protocol.MBus => new MBusScan(target, range).Run(stop),
                Protocol.Tic => TicScan.Run(target, stop),
                Protocol.Kernel => KernelScan.Run(target, stop),
                Protocol.Gpio => GpioScan.Run(target),
                _ => MqttScan.Run(target, parsed.GetValue(listen) is { } time && BusOptions.TryTime(time, out var span) ? span : UsualListening, stop),
            };
        });
        return verb;
    }
}
