using System.Collections.Immutable;
using System.Text.RegularExpressions;
using EnergyPilot.Core.Devices;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Io.MBus;
using EnergyPilot.Io.Tracing;

namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>All records of an M-Bus meter, named as its device file would name them.</summary>
/// <param name="model">Whose points are to be marked, if any.</param>
internal sealed partial class MBusMeterReader(Target target, string address, DeviceType? model) : IFieldReader
{
    private readonly MBusMaster master = FieldBuses.MBusMaster(target.Bus, new FrameTrace(0, TimeProvider.System));
    private readonly MBusAddress meter = Address(address);

    public string Title { get; private set; } = $"Meter {address} on {target.Bus.Where}";

    public async Task<Sheet> Read(CancellationToken stop)
    {
        var reading = await master.Read(meter, target.Bus.Deadline, stop);
        if (reading is not { Fault: MBusFault.None, Telegram: { } telegram }) throw await Trouble(reading.Fault, stop);
        if (telegram.Header.Identity is { } identity)
            Title = $"{identity} ({MBusText.Medium(identity)}), status {telegram.Header.Status:X2}, on {target.Bus.Where}; models that fit: {MBusText.Fitting(Models.Of(target), telegram)}";
        return new Sheet(["record", ">value", "unit", "state", .. model is null ? (ImmutableArray<string>)[] : ["point"]], [.. telegram.Records.Select(Row)]);
    }

    public ValueTask DisposeAsync() => master.DisposeAsync();

    /// <summary>An address as site files write it.</summary>
    public static MBusAddress Address(string text) => Primary().IsMatch(text) && int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) is <= 250 or 254 || Secondary().IsMatch(text)
        ? MBusUnits.AddressOf(text)
        : throw VerbTrouble.Asked($"--unit takes a primary address from 0 to 250, the eight digits of the label, or an identity such as 67004142.KAM.08.04, not '{text}'.");

    private ImmutableArray<string> Row(MBusRecord record)
    {
        var (value, unit) = MBusText.Value(record);
        return [MBusText.Name(record), value, unit, record.IsGood ? "good" : record.Fault == MBusRecordFault.None ? "in error" : $"{record.Fault}", .. model is null ? (ImmutableArray<string>)[] : [string.Join(", ", MBusText.Points(model, record))]];
    }

    private async Task<VerbTrouble> Trouble(MBusFault fault, CancellationToken stop) => fault switch
    {
        MBusFault.Disconnected => await BusDoor.Lost(target, stop),
        MBusFault.Timeout => VerbTrouble.Field($"Meter {address} on {target.Bus.Where} does not answer at {target.Bus.Format.BaudRate} Bd. \"energypilot scan {target.Name}\" shows who does."),
        MBusFault.Garbled => VerbTrouble.Field($"Meter {address} on {target.Bus.Where}: the answer is damaged. Two meters with one address? Another speed (--baud)?"),
        MBusFault.Encrypted => VerbTrouble.Field($"Meter {address} on {target.Bus.Where} answers, but encrypted: its supplier has the key, and can switch it off for wired M-Bus."),
        MBusFault.NoData => VerbTrouble.Field($"Meter {address} on {target.Bus.Where} is there but has no data to give."),
        _ => VerbTrouble.Field($"Meter {address} on {target.Bus.Where}: {fault}."),
    };

    [GeneratedRegex("^[0-9]{1,3}$")]
    private static partial Regex Primary();

    [GeneratedRegex(@"^[0-9A-F]{8}(\.[A-Z]{3}\.[0-9A-F]{2}\.[0-9A-F]{2})?$")]
    private static partial Regex Secondary();
}
