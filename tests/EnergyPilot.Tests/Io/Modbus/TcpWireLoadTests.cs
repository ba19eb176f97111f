using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Tests.Io.Modbus;

/// <summary>Many TCP devices at once, and what a request costs.</summary>
public sealed class TcpWireLoadTests : IAsyncDisposable
{
    // A test that would wait for ever fails instead.

    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(20);

    private readonly FakeDevice device = new(FakeDevice.Framing.Tcp);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => device.DisposeAsync();

    [Fact(Timeout = Patience.Hang)]
    public async Task Many_devices_at_once_get_their_own_answers()
    {
        await using var slow = new FakeDevice(FakeDevice.Framing.Tcp).ThenIsSilent();
        await using var silent = new ModbusTcpWire("127.0.0.1", slow.Port, TimeProvider.System);
        var waiting = silent.Exchange(1, new byte[] { 3, 0, 1, 0, 1 }, new byte[ModbusPdu.MaxLength], Ample, Stop);

        var wrong = await Task.WhenAll(Enumerable.Range(0, 32).Select(first => Task.Run(() => WrongAnswers(device.Port, first), Stop)));

        wrong.Sum().ShouldBe(0);
        waiting.IsCompleted.ShouldBeFalse();
        await silent.DisposeAsync();
        (await waiting).Fault.ShouldBeOneOf(ModbusFault.Disconnected, ModbusFault.Timeout);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Nothing_is_allocated_for_an_answer_in_place()
    {
        await using var wire = new ModbusTcpWire("127.0.0.1", device.Port, TimeProvider.System);
        var master = new ModbusMaster(wire, TimeProvider.System);
        var stop = Stop;

        (await Task.Factory.StartNew(() => AllocatedInPlace(master, stop), stop, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ShouldBe(0);
    }

    private static async Task<int> WrongAnswers(int port, int first)
    {
        await using var wire = new ModbusTcpWire("127.0.0.1", port, TimeProvider.System);
        var master = new ModbusMaster(wire, TimeProvider.System);
        var (value, wrong) = (new ushort[1], 0);
        for (var address = first; address < first + 50; address++)
        {
            var result = await master.ReadRegisters(new(1, ModbusSpace.HoldingRegisters, (ushort)address), value, Ample, Stop);
            wrong += result.IsGood && value[0] == address ? 0 : 1;
        }

        return wrong;
    }

    // The least of many: now and then the poller waits instead, and what that needs is kept by other threads.
    private static long AllocatedInPlace(ModbusMaster master, CancellationToken stop)
    {
        var values = new ushort[20];
        var least = long.MaxValue;
        for (var round = 0; round < 2000; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var call = master.ReadRegisters(new(1, ModbusSpace.HoldingRegisters, 10), values, Ample, stop);
            while (!call.IsCompleted)
                Thread.SpinWait(20);
            if (!call.Result.IsGood)
                return -1;
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
