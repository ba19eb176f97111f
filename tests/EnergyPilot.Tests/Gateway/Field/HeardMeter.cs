using System.Text;
using EnergyPilot.Io.Tic;

namespace EnergyPilot.Tests.Gateway.Field;

/// <summary>The customer output of a meter that has said one frame: the bytes from STX to ETX around groups as they stand between LF and CR.</summary>
internal sealed class HeardMeter : ITicLine
{
    private readonly TicParser parser = new();

    public HeardMeter(DateTimeOffset at, params string[] groups)
    {
        ReadOnlySpan<byte> bytes = Encoding.ASCII.GetBytes($"\x02{string.Concat(groups.Select(g => $"\n{g}\r"))}\x03");
        if (parser.TryTake(ref bytes, out var frame)) Latest = new TicArrival(frame, at);
    }

    public TicArrival? Latest { get; }

    public TicStatistics Statistics => parser.Statistics;

    public Task<TicArrival> Next(CancellationToken stop) => Latest is { } arrival ? Task.FromResult(arrival) : new TaskCompletionSource<TicArrival>().Task.WaitAsync(stop);

    public Task Run(CancellationToken stop) => Task.CompletedTask;
}
