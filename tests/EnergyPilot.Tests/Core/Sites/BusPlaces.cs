using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Tests.Core.Sites;

public sealed class BusPlaces
{
    public static TheoryData<Protocol, string, BusPlace> Good => new()
    {
        { Protocol.Modbus, "192.168.10.20:502", new NetworkPlace("192.168.10.20", 502, Carrying.Plain) },
        { Protocol.Modbus, "rtu://converter.local:4001", new NetworkPlace("converter.local", 4001, Carrying.SerialFrames) },
        { Protocol.Modbus, "/dev/ttyUSB0", new SerialPlace("/dev/ttyUSB0") },
        { Protocol.Modbus, "[fe80::1]:502", new NetworkPlace("fe80::1", 502, Carrying.Plain) },
        { Protocol.MBus, "/dev/serial/by-id/usb-FTDI_1", new SerialPlace("/dev/serial/by-id/usb-FTDI_1") },
        { Protocol.MBus, "10.0.0.7:10001", new NetworkPlace("10.0.0.7", 10001, Carrying.Plain) },
        { Protocol.Tic, "/dev/ttyS0", new SerialPlace("/dev/ttyS0") },
        { Protocol.Mqtt, "127.0.0.1:1883", new NetworkPlace("127.0.0.1", 1883, Carrying.Plain) },
        { Protocol.Mqtt, "mqtts://broker.school:8883", new NetworkPlace("broker.school", 8883, Carrying.Encrypted) },
        { Protocol.Gpio, "/dev/gpiochip0", new ChipPlace("/dev/gpiochip0") },
        { Protocol.Kernel, "/sys/bus/w1/devices", new FolderPlace("/sys/bus/w1/devices") },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void A_place_says_what_has_to_be_opened(Protocol protocol, string text, BusPlace place)
    {
        BusPlace.TryParse(protocol, text, out var read).ShouldBeTrue();
        read.ShouldBe(place);
    }

    [Theory]
    [InlineData(Protocol.Modbus, "192.168.10.20")]
    [InlineData(Protocol.Modbus, "host:0")]
    [InlineData(Protocol.Modbus, "host:65536")]
    [InlineData(Protocol.Modbus, "rtu://host")]
    [InlineData(Protocol.Modbus, "/dev/gpiochip0")]
    [InlineData(Protocol.MBus, "rtu://host:4001")]
    [InlineData(Protocol.Mqtt, "/dev/ttyUSB0")]
    [InlineData(Protocol.Mqtt, "https://host:1")]
    [InlineData(Protocol.Gpio, "gpiochip0")]
    [InlineData(Protocol.Kernel, "sys/bus")]
    [InlineData(Protocol.Tic, "tty S0:1")]
    public void What_cannot_be_opened_is_no_place(Protocol protocol, string text) => BusPlace.TryParse(protocol, text, out _).ShouldBeFalse();

    [Fact]
    public void An_M_Bus_line_is_read_from_a_site_file()
    {
        var text = SchoolFiles.Demo.Text.Replace("  one-wire:\n", "  heat-meters:\n    protocol: m-bus\n    where: /dev/ttyUSB1\n    baud: 300\n  one-wire:\n", StringComparison.Ordinal);
        SchoolFiles.Parse(text).TryGet(out var site).ShouldBeTrue();
        var bus = site.ShouldNotBeNull().Buses.Single(b => b.Id == "heat-meters");
        (bus.Protocol, bus.Place, bus.Format, bus.Deadline).ShouldBe((Protocol.MBus, new SerialPlace("/dev/ttyUSB1"), new LineFormat(300, Parity.Even, 1), TimeSpan.FromSeconds(5)));
    }

    [Theory]
    [InlineData("where: 192.168.10.20:502", "where: 192.168.10.20:502\n    baud: ¦9600", "only where the bus is a serial line")]
    [InlineData("where: 192.168.10.20:502", "where: /dev/ttyUSB0\n    baud: ¦100", "a whole number from 300")]
    [InlineData("where: 192.168.10.20:502", "where: /dev/ttyUSB0\n    parity: ¦mark", "one of none, even, odd")]
    [InlineData("where: 192.168.10.20:502", "where: ¦rtu:192.168.10.20", "rtu://host:port")]
    [InlineData("where: 192.168.10.20:502", "where: 192.168.10.20:502\n    user: ¦gateway", "only for mqtt")]
    public void A_wrong_bus_says_where_and_what(string find, string change, string words) => WrongSite.ShouldSay(find, change, words);
}
