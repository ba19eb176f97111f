using EnergyPilot.Io.MBus;

namespace EnergyPilot.Tests.Io.MBus;

/// <summary>Meters for tests: a heat meter of few words and one of many.</summary>
internal static class VirtualMeters
{
    public static MBusVirtualMeter Heat(uint number, byte primary) => new(new MBusIdentity(number, MBusIdentity.CodeOf("KAM"), 1, MBusMedium.Heat), primary)
    {
        Outputs =
        [
            new(MBusQuantity.FabricationNumber, MBusUnit.None, MBusCoding.Bcd8, 0) { Number = double.Parse($"{number:X8}", System.Globalization.CultureInfo.InvariantCulture) },
            new(MBusQuantity.Energy, MBusUnit.WattHour, MBusCoding.FourBytes, 3) { Number = 37_351_000 },
            new(MBusQuantity.FlowTemperature, MBusUnit.Celsius, MBusCoding.TwoBytes, -2) { Number = 101.69 },
            new(MBusQuantity.Power, MBusUnit.Watt, MBusCoding.Bcd6, 2) { Number = -34_700 },
            new(MBusQuantity.DateTime, MBusUnit.None, MBusCoding.DateTime, 0) { Time = new DateTime(2027, 1, 11, 6, 30, 0) },
        ],
    };

    /// <summary>A year of days: takes several telegrams.</summary>
    public static MBusVirtualMeter Talkative(uint number, byte primary, int records) => new(new MBusIdentity(number, MBusIdentity.CodeOf("ELS"), 2, MBusMedium.Water), primary)
    {
        Outputs = [.. Enumerable.Range(0, records).Select(day => new MBusOutput(MBusQuantity.Volume, MBusUnit.CubicMetre, MBusCoding.FourBytes, -3) { Number = day, Storage = day })],
    };
}
