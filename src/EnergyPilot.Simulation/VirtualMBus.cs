using System.Globalization;
using System.IO.Pipelines;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Io.MBus;

namespace EnergyPilot.Simulation;

/// <summary>
/// The M-Bus of the virtual school: meters that answer in telegrams, over a line in memory that is much faster than copper,
/// so that a season does not wait for it. What they say is a minute old at most.
/// </summary>
internal sealed class VirtualMBus
{
    private const int BaudRate = 1_000_000;

    private readonly VirtualSchool school;
    private readonly (Device Device, MBusVirtualMeter Meter)[] meters;

    public VirtualMBus(VirtualSchool school, Bus bus)
    {
        this.school = school;
        meters = [.. school.Site.Devices.Where(d => d.Bus.Id == bus.Id).Select((d, i) => (d, Meter(d, i)))];
        school.EachMinute(Minute);
    }

    /// <summary>A master on this line.</summary>
    public MBusMaster Master() => new(Open, new MBusLine(BaudRate, TimeSpan.Zero), TimeProvider.System);

    private ValueTask<Stream> Open(CancellationToken stop)
    {
        var (there, back) = (new Pipe(), new Pipe());
        _ = new MBusSlave([.. meters.Select(m => m.Meter)])
            .Serve(new TwoWayStream(there.Reader.AsStream(), back.Writer.AsStream(), static () => { }), CancellationToken.None);
        return ValueTask.FromResult<Stream>(new TwoWayStream(back.Reader.AsStream(), there.Writer.AsStream(), school.CatchUp));
    }

    private void Minute()
    {
        foreach (var (device, meter) in meters)
        {
            meter.IsSilent = school.Has(FaultKind.Silent, device.Id);
            meter.Outputs = [.. device.Points.Select(Output)];
        }
    }

    private MBusOutput Output(Point point)
    {
        var where = (RecordSelector)point.Type.Where;
        var (unit, number, exponent) = InUnit(point.Type.Quantity, school.Read(point));
        return new MBusOutput(Enum.Parse<MBusQuantity>(where.Record.ToString()), unit, MBusCoding.FourBytes, exponent)
        {
            Number = number, Function = (MBusFunction)where.Function, Storage = where.Storage, Tariff = (int)where.Tariff, Subunit = (int)where.Subunit,
        };
    }

    // Resolutions as heat meters have them.
    private static (MBusUnit Unit, double Number, int Exponent) InUnit(Quantity quantity, double value) => quantity switch
    {
        Quantity.Energy => (MBusUnit.WattHour, value * 1e3, 3),
        Quantity.Volume => (MBusUnit.CubicMetre, value, -2),
        Quantity.Mass => (MBusUnit.Kilogram, value, 0),
        Quantity.Power => (MBusUnit.Watt, value, 0),
        Quantity.VolumeFlow => (MBusUnit.CubicMetrePerHour, value, -3),
        Quantity.Temperature => (MBusUnit.Celsius, value, -2),
        Quantity.TemperatureDifference => (MBusUnit.Kelvin, value, -2),
        Quantity.Pressure => (MBusUnit.Pascal, value, 2),
        Quantity.RelativeHumidity => (MBusUnit.Percent, value, -1),
        Quantity.Voltage => (MBusUnit.Volt, value, -1),
        Quantity.Current => (MBusUnit.Ampere, value, -3),
        Quantity.Duration => (MBusUnit.Second, value, 0),
        _ => (MBusUnit.None, value, 0),
    };

    private static MBusVirtualMeter Meter(Device device, int index)
    {
        var maker = MBusIdentity.CodeOf("EPI");
        if (byte.TryParse(device.Address, CultureInfo.InvariantCulture, out var primary))
            return new MBusVirtualMeter(new MBusIdentity((uint)(0x10000000 + primary), maker, 1, MBusMedium.Heat), primary);
        var parts = device.Address.Split('.');
        var number = uint.Parse(parts[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        var identity = parts.Length == 1
            ? new MBusIdentity(number, maker, 1, MBusMedium.Heat)
            : new MBusIdentity(number, MBusIdentity.CodeOf(parts[1]), Hex(parts[2]), (MBusMedium)Hex(parts[3]));
        return new MBusVirtualMeter(identity, (byte)(index + 1));
    }

    private static byte Hex(string digits) => byte.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
