using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using EnergyPilot.Io.Modbus;
using EnergyPilot.Tests.Io.Faults;

namespace EnergyPilot.Benchmarks.Modbus;

/// <summary>
/// The claims: read one after the other, at least 0.9 of the requests per second that libmodbus's own client makes of the same slave process;
/// no byte allocated per request; 64 units on a serial line keep at least 95 % of what the line can carry, at 9600 and 19200 Bd.
/// </summary>
internal static class ModbusBenchmark
{
    private const string Compiler = "/usr/bin/cc";
    private const int Registers = 20, Devices = 32, Units = 64, Address = 100, Windows = 8;

    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(5);

    public static async Task<int> Run(Effort effort)
    {
        if (!File.Exists(Compiler) || !File.Exists(CountingSlave.Header) || !LibmodbusClient.IsThere)
        {
            Console.Error.WriteLine("Install the Debian packages gcc and libmodbus-dev.");
            return 1;
        }

        using var program = await CountingSlave.Compile(Compiler, CancellationToken.None);
        await using var slave = program.ServeTcp();
        var port = await slave.Port(CancellationToken.None);
        var ratio = await Beside(port, effort == Effort.Quick ? 9 : 31);
        var bytes = await Allocated(port, effort == Effort.Quick ? 40_000 : 400_000);
        await AtOnce(port, TimeSpan.FromSeconds(effort == Effort.Quick ? 3 : 15));
        var rounds = effort == Effort.Quick ? 1 : 5;
        var use = Math.Min(await LineUse(9600, rounds), await LineUse(19200, rounds));
        Console.WriteLine(JsonSerializer.Serialize(new { ratio_to_libmodbus = Math.Round(ratio, 3), bytes_per_request = Math.Round(bytes, 2), rtu_line_use = Math.Round(use, 4) }));
        return ratio >= 0.9 && bytes < 1 && use >= 0.95 ? 0 : 2;
    }

    /// <summary>Turn by turn, so that whatever else the machine does hits both alike.</summary>
    private static async Task<double> Beside(int port, int rounds)
    {
        var turn = TimeSpan.FromSeconds(0.3);
        using var theirs = new LibmodbusClient(port);
        await using var wire = new ModbusTcpWire("127.0.0.1", port, TimeProvider.System);
        var ours = new ModbusMaster(wire, TimeProvider.System);
        TheirRate(theirs, turn);
        await OurRate(ours, turn);
        var rates = new (double Theirs, double Ours)[rounds];
        for (var i = 0; i < rounds; i++)
            rates[i] = i % 2 == 0 ? (TheirRate(theirs, turn), await OurRate(ours, turn)) : Swapped(await OurRate(ours, turn), TheirRate(theirs, turn));
        var ratio = Median(rates.Select(r => r.Ours / r.Theirs));
        Print("libmodbus's client, median", Median(rates.Select(r => r.Theirs)), "requests/s");
        Print("ours, median", Median(rates.Select(r => r.Ours)), "requests/s");
        Print("ratio, median of rounds", ratio, $"(rounds: {rounds}, from {rates.Min(r => r.Ours / r.Theirs):0.00} to {rates.Max(r => r.Ours / r.Theirs):0.00})");
        return ratio;
    }

    private static (double Theirs, double Ours) Swapped(double ours, double theirs) => (theirs, ours);

    private static double TheirRate(LibmodbusClient client, TimeSpan turn)
    {
        var values = new ushort[Registers];
        var began = Stopwatch.GetTimestamp();
        var count = 0;
        for (; Stopwatch.GetElapsedTime(began) < turn; count++)
            if (!client.Read(Address, values)) throw new InvalidOperationException("libmodbus's client failed.");
        return count / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task<double> OurRate(ModbusMaster master, TimeSpan turn)
    {
        var values = new ushort[Registers];
        var began = Stopwatch.GetTimestamp();
        var count = 0;
        for (; Stopwatch.GetElapsedTime(began) < turn; count++) await Read(master, values);
        return count / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task<double> Allocated(int port, int requests)
    {
        await using var wire = new ModbusTcpWire("127.0.0.1", port, TimeProvider.System);
        var master = new ModbusMaster(wire, TimeProvider.System);
        var values = new ushort[Registers];
        // The first window holds what the runtime makes once (compiled code, pools); a steady state is what the others show.
        var windows = new double[Windows];
        for (var w = 0; w < Windows; w++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var i = 0; i < requests / Windows; i++) await Read(master, values);
            windows[w] = (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)(requests / Windows);
        }

        var bytes = Median(windows);
        Print("allocated per request, median", bytes, string.Create(CultureInfo.InvariantCulture,
            $"bytes of the whole process ({Windows} windows of {requests / Windows} requests: {string.Join(", ", windows.Select(w => w.ToString("0.00", CultureInfo.InvariantCulture)))})"));
        return bytes;
    }

    private static async Task AtOnce(int port, TimeSpan lasting)
    {
        var began = Stopwatch.GetTimestamp();
        var runs = await Task.WhenAll(Enumerable.Range(0, Devices).Select(_ => Task.Run(() => Poll(port, began, lasting))));
        var latencies = runs.SelectMany(run => run.Latencies).Order().ToArray();
        Print($"{Devices} TCP devices at once", latencies.Length / lasting.TotalSeconds, "requests/s");
        Print("  errors", runs.Sum(run => run.Errors), "");
        Print("  latency p50", latencies[latencies.Length / 2] * 1e3, "ms");
        Print("  latency p99", latencies[latencies.Length * 99 / 100] * 1e3, "ms");
        Print("  slowest device to fastest", runs.Min(run => run.Latencies.Count) / (double)runs.Max(run => run.Latencies.Count), "");
    }

    private static async Task<(List<double> Latencies, int Errors)> Poll(int port, long began, TimeSpan lasting)
    {
        await using var wire = new ModbusTcpWire("127.0.0.1", port, TimeProvider.System);
        var master = new ModbusMaster(wire, TimeProvider.System);
        var values = new ushort[Registers];
        var (latencies, errors) = (new List<double>(100_000), 0);
        while (Stopwatch.GetElapsedTime(began) < lasting)
        {
            var asked = Stopwatch.GetTimestamp();
            var result = await master.ReadRegisters(new(1, ModbusSpace.HoldingRegisters, Address), values, Ample, CancellationToken.None);
            if (result.IsGood && values[0] == CountingSlave.Value(Address, 0)) latencies.Add(Stopwatch.GetElapsedTime(asked).TotalSeconds);
            else errors++;
        }

        return (latencies, errors);
    }

    /// <summary>Unit after unit. The line can carry: request, t3.5, answer, t3.5.</summary>
    private static async Task<double> LineUse(int baudRate, int rounds)
    {
        var line = new SerialLine(baudRate);
        var units = Enumerable.Range(1, Units).ToDictionary(unit => (byte)unit, unit => (IModbusUnit)new CountedUnit(unit));
        await using var paced = new PacedLine(line, new ModbusSlave(units, UnknownUnit.Silence));
        await using var wire = new ModbusRtuWire(_ => ValueTask.FromResult<Stream>(paced), line, TimeProvider.System);
        var master = new ModbusMaster(wire, TimeProvider.System);
        var possible = line.Frame(8 + 5 + (2 * Registers)) + (2 * line.Silence);
        var values = new ushort[Registers];
        await master.ReadRegisters(new(1, ModbusSpace.HoldingRegisters, Address), values, Ample, CancellationToken.None);
        paced.Forget();
        var (took, lost) = (new List<double>(rounds * Units), 0);
        for (var i = 0; i < rounds * Units; i++)
        {
            var unit = (byte)((i % Units) + 1);
            var asked = Stopwatch.GetTimestamp();
            var result = await master.ReadRegisters(new(unit, ModbusSpace.HoldingRegisters, Address), values, Ample, CancellationToken.None);
            took.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            if (result.IsGood && values[0] != CountedUnit.Value(unit, Address)) throw new InvalidOperationException($"Unit {unit}: a wrong value.");
            lost += result.IsGood ? 0 : 1;
        }

        // What the line was late itself is not ours: it is measured and taken off.
        var (exchanges, late, latest) = paced.Error;
        var use = possible.TotalMilliseconds / (took.Average() - (late.TotalMilliseconds / exchanges));
        Print($"{baudRate} Bd, {Units} units: use of the line", use, string.Create(CultureInfo.InvariantCulture,
            $"(possible {possible.TotalMilliseconds:0.00} ms, took {took.Average():0.00} ms, with the line's own error {possible.TotalMilliseconds / took.Average():0.0000}, by the median {possible.TotalMilliseconds / Median(took):0.0000})"));
        Print("  the line's own error", late.TotalMilliseconds / exchanges * 1e3, string.Create(CultureInfo.InvariantCulture,
            $"µs per exchange ({late.TotalMilliseconds / took.Sum():0.00%} of the time), at most {latest.TotalMilliseconds:0.00} ms; {paced.Collisions} requests too early, {lost} exchanges lost"));
        return use;
    }

    // Pooled: what is counted must be the master's, not this method's.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask Read(ModbusMaster master, ushort[] values)
    {
        var result = await master.ReadRegisters(new(1, ModbusSpace.HoldingRegisters, Address), values, Ample, CancellationToken.None);
        if (!result.IsGood) throw new InvalidOperationException($"{result}");
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private static void Print(string name, double value, string unit) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-42}{value,12:0.00} {unit}"));
}
