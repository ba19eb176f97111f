using System.Collections.Concurrent;

namespace EnergyPilot.Tests.Io.Faults;

/// <summary>
/// The fault matrix between our master and libmodbus. What existing masters were measured to do wrong stands here as rows: silent slave,
/// late reply, each exception (6 and 5 asked again, but never beyond the deadline), wrong unit, function and byte count, length 0,
/// peer closed (and opened again), half-open connection. Callers at the same time and the wrap of transaction identifiers are in TcpWireTests.
/// </summary>
public sealed class FaultMatrixTests(FaultMatrixTests.Slave slave) : IClassFixture<FaultMatrixTests.Slave>
{
    private const int SideBySide = 8;
    private const int RandomPolls = 60;

    private static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(200);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(LineKind.Tcp)]
    [InlineData(LineKind.RtuOverTcp)]
    [InlineData(LineKind.RtuSerial)]
    public async Task No_fault_costs_a_wrong_value_or_a_hang_and_each_is_over_at_the_next_poll(LineKind kind)
    {
        var open = await slave.Opener();
        var mistakes = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(LineFaults.Of(kind, Deadline), new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = Stop }, async (fault, stop) =>
        {
            await using var line = await open(kind, new Random(1), stop);
            var outcome = await line.Suffer(fault, Deadline, stop);
            if (fault.MistakeOf(outcome) is { Length: > 0 } mistake)
                mistakes.Add($"{fault.Name}: {mistake}: {outcome}");
        });

        mistakes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(LineKind.Tcp)]
    [InlineData(LineKind.RtuOverTcp)]
    [InlineData(LineKind.RtuSerial)]
    public async Task Random_faults_cost_no_wrong_value_and_no_hang(LineKind kind)
    {
        var open = await slave.Opener();
        await Parallel.ForEachAsync(Enumerable.Range(1, SideBySide / 2), Stop, async (seed, stop) =>
        {
            await using var line = await open(kind, new Random(seed), stop);
            var deadline = TimeSpan.FromMilliseconds(60);
            for (var i = 0; i < RandomPolls; i++)
            {
                var poll = await line.SufferAtRandom(deadline, stop);
                poll.Wrong.ShouldBeFalse($"seed {seed}, poll {i}");
                poll.Hung.ShouldBeFalse($"seed {seed}, poll {i}: {poll}");
            }
        });
    }

    /// <summary>Compiled once; a missing peer skips each test by itself.</summary>
    public sealed class Slave : IDisposable
    {
        private CountingSlave? compiled;

        public void Dispose() => compiled?.Dispose();

        internal async Task<Func<LineKind, Random, CancellationToken, Task<FaultyLine>>> Opener()
        {
            Peers.NeedFile(CountingSlave.Header, "libmodbus-dev");
            var (socat, compiler) = (Peers.Need("socat", "socat"), Peers.Need("cc", "gcc"));
            var program = compiled ??= await CountingSlave.Compile(compiler, Stop);
            return (kind, random, stop) => FaultyLine.Open(kind, program, socat, random, stop);
        }
    }
}
