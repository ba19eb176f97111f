using System.CommandLine;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>"write": sets an output by hand, when it is confirmed.</summary>
internal static class WriteCommand
{
    public static Command Verb()
    {
        var bus = new BusOptions();
        var raw = new RawOptions("");
        var value = new Argument<string>("VALUE") { Description = "on, off, or a number with or without its unit: 21, \"21 °C\"" };
        var unit = new Option<string?>("--unit") { Description = "Which device: Modbus unit, GPIO line, topic of an MQTT device" };
        var type = new Option<string?>("--type") { Description = "Its model" };
        var point = new Option<string?>("--point") { Description = "Which point of the model; the only writable one when missing" };
        var confirm = new Option<bool>("--confirm") { Description = "Really write; without it nothing is written" };
        var hold = new Option<string>("--hold") { Description = "GPIO: how long to keep the level; a line falls back to its safe level when the program ends", DefaultValueFactory = _ => "5s" };
        hold.Validators.Add(result =>
        {
            if (!BusOptions.TryTime(result.GetValueOrDefault<string>() ?? "", out _)) result.AddError("--hold takes a time with its unit, for example 5s.");
        });
        var verb = new Command("write", $"Sets an output. Without --confirm it only says what it would do. BUS may also be the name of a device of the site file. {InstallerVerb.ExitCodes}");
        bus.AddTo(verb);
        verb.Add(value);
        raw.AddTo(verb);
        foreach (var option in (Option[])[unit, type, point, confirm, hold]) verb.Add(option);
        InstallerVerb.Do(verb, async (parsed, stop) =>
        {
            var target = bus.Resolve(parsed);
            var registers = target.Bus.Protocol == Protocol.Modbus ? raw.Read(parsed) : null;
            var device = registers is null
                ? ReaderOptions.Device(target, parsed.GetValue(unit), parsed.GetValue(type)) ?? throw VerbTrouble.Asked($"What is to be written on {target.Name}? Name a device of the site file, or a unit and its model (--unit 3 --type MODEL), or a register (--unit 3 --holding 0x31).")
                : Nameless(target, registers, parsed.GetValue(unit));
            var wish = new Wish(target, device, Chosen(device, parsed.GetValue(point)), parsed.GetRequiredValue(value));
            BusOptions.TryTime(parsed.GetRequiredValue(hold), out var span);
            return target.Bus.Protocol switch
            {
                Protocol.Modbus => await new ModbusWriting(wish).Run(parsed.GetValue(confirm), stop),
                _ => await new PlainWriting(wish, span).Run(parsed.GetValue(confirm), stop),
            };
        });
        return verb;
    }

    // A register that no model describes: any value that fits it.
    private static Device Nameless(Target target, RawRegisters registers, string? unit)
    {
        if (registers.Where.Space is RegisterSpace.Input or RegisterSpace.DiscreteInput) throw VerbTrouble.Asked("Only holding registers and coils can be written: --holding or --coil.");
        var isCoil = registers.Where.Space == RegisterSpace.Coil;
        var point = new PointType($"0x{registers.Where.Address:X4}", isCoil ? Quantity.State : Quantity.Number, Access.ReadWrite,
            isCoil ? new ValueRange(0, 1) : new ValueRange(double.MinValue, double.MaxValue), PollClass.Fast, Accumulation.Instantaneous, double.NaN, registers.Where);
        var model = new DeviceType("", "", $"unit {unit}", "", Protocol.Modbus, [point], []);
        return Models.Device(model, target.Bus, unit ?? target.Named.FirstOrDefault()?.Address ?? throw VerbTrouble.Asked($"Which unit on {target.Name}? Say so with --unit."));
    }

    private static Point Chosen(Device device, string? name)
    {
        Point[] writable = [.. device.Points.Where(p => p.Type.Access != Access.Read)];
        if (name is null)
            return writable.Length switch
            {
                1 => writable[0],
                0 => throw VerbTrouble.Asked($"{device.Type.Id} has no point that can be written."),
                _ => throw VerbTrouble.Asked($"Which point of {device.Type.Id}? --point takes {string.Join(", ", writable.Select(p => p.Type.Name))}."),
            };
        if (writable.FirstOrDefault(p => p.Type.Name == name) is { } chosen) return chosen;
        if (device.Points.Any(p => p.Type.Name == name)) throw VerbTrouble.Asked($"{name} of {device.Type.Id} can only be read.");
        var near = Nearest.To(name, writable.Select(p => p.Type.Name));
        throw VerbTrouble.Asked($"{device.Type.Id} has no point '{name}'." + (near.Length > 0 ? $" Did you mean {near}?" : $" Those that can be written: {string.Join(", ", writable.Select(p => p.Type.Name))}."));
    }
}
