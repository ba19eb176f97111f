namespace EnergyPilot.Tests.Io.Faults;

/// <summary>
/// The fault matrix between our master and libmodbus. What existing masters were measured to do wrong stands here as rows: silent slave,
/// late reply, each exception (6 and 5 asked again, but never beyond the deadline), wrong unit, function and byte count, length 0,
/// peer closed (and opened again), half-open connection. Callers at the same time and the wrap of transaction identifiers are in TcpWireTests.
/// </summary>
public abstract class FaultMatrixTests(FaultMatrixTests.Slave slave, LineKind kind)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(200);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected static TheoryData<string> NamesOf(LineKind kind) => [.. LineFaults.Of(kind, Deadline).Select(fault => fault.Name)];

    protected async Task Suffer(string name)
    {
        var fault = LineFaults.Of(kind, Deadline).Single(one => one.Name == name);
        await using var line = await slave.Line(kind);

        var outcome = await line.Suffer(fault, Deadline, Stop);

        outcome.WrongValues.ShouldBe(0, $"{outcome}");
        outcome.Hangs.ShouldBe(0, $"{outcome}");
        outcome.Recovered.ShouldBeInRange(1, fault.Recovery, $"{outcome}");
        if (fault.Ends != Ending.Either)
            outcome.First.Result.IsGood.ShouldBe(fault.Ends == Ending.Good, $"{outcome}");
    }

    protected async Task SufferAtRandom(int seed)
    {
        var random = new Random(seed);
        await using var line = await slave.Line(kind);
        var deadline = TimeSpan.FromMilliseconds(60);
        for (var i = 0; i < 60; i++)
        {
            line.Proxy.Do(RandomFaults.Draw(random, kind, deadline));
            var poll = await line.Poll(deadline, Stop);
            poll.Wrong.ShouldBeFalse($"seed {seed}, poll {i}");
            poll.Hung.ShouldBeFalse($"seed {seed}, poll {i}: {poll}");
        }
    }

    /// <summary>Compiled once for all lines of a class; a missing peer skips each test by itself.</summary>
    public sealed class Slave : IDisposable
    {
        private CountingSlave? compiled;

        public void Dispose() => compiled?.Dispose();

        internal async Task<FaultyLine> Line(LineKind kind)
        {
            Peers.NeedFile(CountingSlave.Header, "libmodbus-dev");
            var (socat, compiler) = (Peers.Need("socat", "socat"), Peers.Need("cc", "gcc"));
            compiled ??= await CountingSlave.Compile(compiler, Stop);
            return await FaultyLine.Open(kind, compiled, socat, new Random(1), Stop);
        }
    }
}

/// <summary>Over Modbus TCP.</summary>
public sealed class TcpFaultTests(FaultMatrixTests.Slave slave) : FaultMatrixTests(slave, LineKind.Tcp), IClassFixture<FaultMatrixTests.Slave>
{
    public static TheoryData<string> Names => NamesOf(LineKind.Tcp);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Fault_costs_no_wrong_value_no_hang_and_is_over_at_the_next_poll(string fault) => Suffer(fault);

    [Fact]
    public Task Random_faults_cost_no_wrong_value_and_no_hang() => SufferAtRandom(1);
}

/// <summary>Serial frames in a TCP tunnel.</summary>
public sealed class TunnelFaultTests(FaultMatrixTests.Slave slave) : FaultMatrixTests(slave, LineKind.RtuOverTcp), IClassFixture<FaultMatrixTests.Slave>
{
    public static TheoryData<string> Names => NamesOf(LineKind.RtuOverTcp);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Fault_costs_no_wrong_value_no_hang_and_is_over_at_the_next_poll(string fault) => Suffer(fault);

    [Fact]
    public Task Random_faults_cost_no_wrong_value_and_no_hang() => SufferAtRandom(2);
}

/// <summary>On a serial port.</summary>
public sealed class SerialFaultTests(FaultMatrixTests.Slave slave) : FaultMatrixTests(slave, LineKind.RtuSerial), IClassFixture<FaultMatrixTests.Slave>
{
    public static TheoryData<string> Names => NamesOf(LineKind.RtuSerial);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Fault_costs_no_wrong_value_no_hang_and_is_over_at_the_next_poll(string fault) => Suffer(fault);

    [Fact]
    public Task Random_faults_cost_no_wrong_value_and_no_hang() => SufferAtRandom(3);
}
