using EnergyPilot.Io.Modbus;
using EnergyPilot.Io.Tracing;
using EnergyPilot.Tests.Io.Modbus;

namespace EnergyPilot.Tests.Io.Tracing;

public sealed class FrameTraceTests
{
    private readonly ManualTime time = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Newest_frames_push_out_the_oldest_and_stay_whole()
    {
        var trace = new FrameTrace(1000, time);
        for (var i = 0; i < 500; i++)
        {
            trace.Record(i % 2 == 0 ? FrameDirection.Sent : FrameDirection.Received, Enumerable.Repeat((byte)i, 1 + i % 97).ToArray());
            time.Advance(TimeSpan.FromMilliseconds(1));
        }

        var last = trace.Last(8);

        last.Count.ShouldBe(8);
        for (var i = 0; i < 8; i++)
        {
            last[i].Bytes.ToArray().ShouldBe(Enumerable.Repeat((byte)(492 + i), 1 + (492 + i) % 97));
            last[i].Direction.ShouldBe(i % 2 == 0 ? FrameDirection.Sent : FrameDirection.Received);
            last[i].At.ShouldBe(time.GetUtcNow() - TimeSpan.FromMilliseconds(8 - i));
        }

        trace.Last(int.MaxValue).Count.ShouldBeInRange(8, 80);
        trace.Last(0).ShouldBeEmpty();
    }

    [Fact]
    public void Recording_allocates_nothing()
    {
        var trace = new FrameTrace(4096, TimeProvider.System);
        var frame = new byte[50];
        trace.Record(FrameDirection.Sent, frame);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1000; i++)
            trace.Record(FrameDirection.Sent, frame);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public async Task Tcp_wire_keeps_what_it_sent_and_what_came_even_when_it_was_no_answer()
    {
        await using var device = new FakeDevice(FakeDevice.Framing.Tcp);
        var trace = new FrameTrace(4096, time);
        await using var wire = new ModbusTcpWire("127.0.0.1", device.Port, TimeProvider.System) { Trace = trace };
        var master = new ModbusMaster(wire, TimeProvider.System);
        device.ThenSays(request => request.RightAnswer()).ThenSays(_ => [1, 2, 3, 4, 5, 6, 7, 8, 9]);

        await Ask(master);
        await Ask(master);

        trace.Last(10).Select(Meaning(ModbusFraming.Tcp)).ShouldBe(
            ["unit 1: read 2 holding registers from 0x000A", "unit 1: 2 registers: 000A 000B", "unit 1: read 2 holding registers from 0x000A", "not Modbus: protocol 772"]);
    }

    [Fact]
    public async Task Serial_wire_keeps_damaged_frames()
    {
        await using var device = new FakeDevice(FakeDevice.Framing.Rtu);
        var trace = new FrameTrace(4096, time);
        await using var wire = ModbusRtuWire.OverTcp("127.0.0.1", device.Port, new SerialLine(19200), TimeProvider.System, trace);
        var master = new ModbusMaster(wire, TimeProvider.System);
        device.ThenSays(request => request.RightAnswer()).ThenSays(request => FakeDevice.Asked.Changed(request.RightAnswer(), 4, 0x55));

        await Ask(master);
        await Ask(master);

        var said = trace.Last(10).Select(Meaning(ModbusFraming.Rtu)).ToList();
        said.Count.ShouldBe(4);
        said[1].ShouldBe("unit 1: 2 registers: 000A 000B");
        said[3].ShouldStartWith("CRC wrong: ");
    }

    private static Func<TracedFrame, string> Meaning(ModbusFraming framing) => frame => frame.Direction == FrameDirection.Sent
        ? ModbusMeaning.OfRequest(framing, frame.Bytes.Span)
        : ModbusMeaning.OfAnswer(framing, frame.Bytes.Span);

    private static async Task Ask(ModbusMaster master) =>
        await master.ReadRegisters(new(1, ModbusSpace.HoldingRegisters, 10), new ushort[2], TimeSpan.FromSeconds(5), Stop);
}
