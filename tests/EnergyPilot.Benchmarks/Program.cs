using EnergyPilot.Benchmarks;
using EnergyPilot.Benchmarks.Delivery;
using EnergyPilot.Benchmarks.Load;
using EnergyPilot.Benchmarks.Modbus;
using EnergyPilot.Benchmarks.Seasons;
using EnergyPilot.Benchmarks.Uplink;

var verbs = new Dictionary<string, Func<string[], Task<int>>>(StringComparer.Ordinal)
{
    ["season"] = options => WithEffort(SeasonBenchmark.Run, options),
    ["seasons"] = SeasonsBenchmark.Run,
    ["what-if"] = options => WithEffort(WhatIfBenchmark.Run, options),
    ["modbus"] = options => WithEffort(ModbusBenchmark.Run, options),
    ["load"] = options => WithEffort(LoadBenchmark.Run, options),
    ["page"] = options => WithEffort(PageBenchmark.Run, options),
    ["brain"] = options => WithEffort(BrainBenchmark.Run, options),
    ["bus-faults"] = options => WithEffort(BusFaultsBenchmark.Run, options),
    ["store"] = options => WithEffort(StoreBenchmark.Run, options),
    ["uplink"] = options => WithEffort(UplinkBenchmark.Run, options),
    [UplinkBenchmark.GatewayVerb] = BackfillGateway.Run,
    ["uplink-faults"] = options => WithEffort(UplinkFaultsBenchmark.Run, options),
    [UplinkFaultsBenchmark.GatewayVerb] = options => GatewayUnderFire.Run(FireOrders.Of(options), CancellationToken.None),
};

return args.Length > 0 && verbs.TryGetValue(args[0], out var verb) ? await verb(args[1..]) : Misunderstood();

Task<int> WithEffort(Func<Effort, Task<int>> benchmark, string[] options) => options switch
{
    [] => benchmark(Effort.Full),
    ["--quick"] => benchmark(Effort.Quick),
    _ => Task.FromResult(Misunderstood()),
};

int Misunderstood()
{
    Console.Error.WriteLine($"Usage: dotnet run -c Release --project tests/EnergyPilot.Benchmarks -- VERB [--quick]{Environment.NewLine}Verbs: season, seasons, what-if, modbus, load, page, brain, bus-faults, store, uplink, uplink-faults{Environment.NewLine}{SeasonsOptions.Usage}");
    return 1;
}
