using System.CommandLine;
using System.Globalization;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>What of a bus is read: a device of a model, a meter, registers by their address. The same for "read" and "watch".</summary>
/// <param name="counting">The name of the option that says how many registers.</param>
internal sealed class ReaderOptions(string counting)
{
    private static readonly TimeSpan PatienceWithBroker = TimeSpan.FromSeconds(10);

    private readonly BusOptions bus = new();
    private readonly RawOptions raw = new(counting);

    public Option<string?> Unit { get; } = new("--unit") { Description = "Which device: Modbus unit; M-Bus address or identity; folder of a sensor; GPIO line; topic of an MQTT device" };
    public Option<string?> Type { get; } = new("--type") { Description = "Device model, for example eastron-sdm630: its points are read" };

    public void AddTo(Command verb)
    {
        bus.AddTo(verb);
        verb.Add(Unit);
        verb.Add(Type);
        raw.AddTo(verb);
    }

    public IFieldReader Open(ParseResult parsed)
    {
        var target = bus.Resolve(parsed);
        var device = Device(target, parsed.GetValue(Unit), parsed.GetValue(Type));
        return target.Bus.Protocol switch
        {
            Protocol.Modbus when raw.Read(parsed) is { } registers => new ModbusRawReader(target, ModbusTalk.Unit(target, Address(target, parsed.GetValue(Unit))), registers),
            Protocol.Modbus => new ModbusDeviceReader(target, device ?? throw VerbTrouble.Asked($"What is to be read of {target.Name}? A device model with --type (\"energypilot scan {target.Name}\" tells which), or registers with --holding 0x34 or --input 0x34.")),
            Protocol.MBus => new MBusMeterReader(target, Address(target, parsed.GetValue(Unit)), device?.Type),
            Protocol.Tic => new TicMeterReader(target),
            var protocol => new PolledReader(target, device ?? throw VerbTrouble.Asked($"What is to be read of {target.Name}? Say which device with --unit, and its model with --type; \"energypilot scan {target.Name}\" shows both."),
                protocol == Protocol.Mqtt ? bus.Deadline(parsed) ?? PatienceWithBroker : TimeSpan.Zero),
        };
    }

    /// <summary>The device that is meant: by its name in the site file, or by unit and model; null when no model is known.</summary>
    public static Device? Device(Target target, string? unit, string? type)
    {
        if (type is null) return target.Named.FirstOrDefault() ?? (unit is null ? null : target.Devices.FirstOrDefault(d => d.Address == unit));
        var model = Models.Named(target, type);
        var address = Address(target, unit);
        if (target.Bus.Protocol == Protocol.Gpio && !(int.TryParse(address, NumberStyles.None, CultureInfo.InvariantCulture, out var line) && line < 1024))
            throw VerbTrouble.Asked($"--unit takes the number of a GPIO line, not '{address}'.");
        return Models.Device(model, target.Bus, address);
    }

    private static string Address(Target target, string? unit) => unit ?? target.Named.FirstOrDefault()?.Address
        ?? (target.Bus.Protocol == Protocol.Tic ? EnergyPilot.Core.Sites.Device.AnyAddress : throw VerbTrouble.Asked($"Which device on {target.Name}? Say so with --unit; \"energypilot scan {target.Name}\" shows which there are."));
}
