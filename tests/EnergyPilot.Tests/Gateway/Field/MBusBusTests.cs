using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Io.MBus;
using EnergyPilot.Simulation;

namespace EnergyPilot.Tests.Gateway.Field;

public sealed class MBusBusTests
{
    private const string Bus = "protocol: m-bus, where: /dev/ttyUSB1, interval: 60 s, deadline: 20 s";

    private const string HeatMeter = """
        maker: any
        model: Heat meter
        summary: Meter
        protocol: m-bus
        points:
          energy: { measures: energy, record: energy, range: 0..1000000 kWh, accumulation: cumulative, poll: fast }
          flow-temperature: { measures: temperature, record: flow-temperature, range: -10..180 °C }
          energy-last-year: { measures: energy, record: energy, storage: 1, range: 0..1000000 kWh }
        """;

    [Theory]
    [InlineData("7")]
    [InlineData("67004142")]
    [InlineData("67004142.KAM.08.04")]
    public async Task A_meter_is_read_by_each_kind_of_address(string address)
    {
        await using var bus = new AddedBus(SiteWith.Of(Bus, address, HeatMeter));
        await bus.Live(2);
        foreach (var point in (string[])["energy", "flow-temperature", "energy-last-year"])
            bus[point].IsReliable.ShouldBeTrue(point);
        bus.Figures.Failures.ShouldBe(0);
        bus.Figures.Requests.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_silent_meter_is_left_alone_after_three_silences_and_found_again()
    {
        await using var bus = new AddedBus(SiteWith.Of(Bus.Replace("20 s", "300 ms", StringComparison.Ordinal), "7", HeatMeter));
        bus.School.Inject(new Fault(FaultKind.Silent, SiteWith.Device));
        await bus.Live(10);
        bus.Figures.Of(Trouble.Timeout).ShouldBe(3, bus.Figures.ToString());
        bus["energy"].IsReliable.ShouldBeFalse();
        bus.School.Mend(new Fault(FaultKind.Silent, SiteWith.Device));
        await bus.Live(12);
        bus["energy"].IsReliable.ShouldBeTrue();
    }

    [Theory]
    [InlineData(MBusUnit.WattHour, 37_351_000, Quantity.Energy, 37_351)]
    [InlineData(MBusUnit.Joule, 3.6e9, Quantity.Energy, 1000)]
    [InlineData(MBusUnit.CubicMetre, 561.08, Quantity.Volume, 561.08)]
    [InlineData(MBusUnit.Watt, 34_700, Quantity.Power, 34_700)]
    [InlineData(MBusUnit.Celsius, 101.69, Quantity.Temperature, 101.69)]
    [InlineData(MBusUnit.Watt, 34_700, Quantity.Energy, double.NaN)]
    [InlineData(MBusUnit.Celsius, 20, Quantity.TemperatureDifference, double.NaN)]
    public void Records_become_canonical_units_or_nothing(MBusUnit unit, double number, Quantity quantity, double canonical) =>
        MBusUnits.ToCanonical(new MBusRecord(MBusQuantity.Energy, unit) { Kind = MBusValueKind.Number, Number = number }, quantity).ShouldBe(canonical);

    [Fact]
    public void Every_record_of_device_files_is_a_quantity_of_the_standard()
    {
        foreach (var record in Enum.GetValues<MeterRecord>()) MBusUnits.QuantityOf(record).ToString().ShouldBe(record.ToString());
        foreach (var function in Enum.GetValues<RecordFunction>()) ((MBusFunction)function).ToString().ShouldBe(function.ToString());
    }
}
