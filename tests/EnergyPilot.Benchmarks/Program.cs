using EnergyPilot.Benchmarks;
using EnergyPilot.Benchmarks.Load;
using EnergyPilot.Benchmarks.Modbus;
using EnergyPilot.Benchmarks.Seasons;

if (args is ["seasons", .. var asked]) return await SeasonsBenchmark.Run(asked);

var verbs = new Dictionary<string, Func<Effort, Task<int>>>(StringComparer.Ordinal)
{
    ["season"] = SeasonBenchmark.Run,
    ["modbus"] = ModbusBenchmark.Run,
    ["load"] = LoadBenchmark.Run,
    ["bus-faults"] = BusFaultsBenchmark.Run,
};

if (args.Length is 0 or > 2 || !verbs.TryGetValue(args[0], out var verb) || (args.Length == 2 && args[1] != "--quick"))
{
    Console.Error.WriteLine($"Usage: dotnet run -c Release --project tests/EnergyPilot.Benchmarks -- VERB [--quick]{Environment.NewLine}Verbs: {string.Join(", ", verbs.Keys)}, {SeasonsOptions.Usage}");
    return 1;
}

return await verb(args.Length == 2 ? Effort.Quick : Effort.Full);
