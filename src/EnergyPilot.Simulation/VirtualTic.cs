using System.Globalization;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Io.Tic;

namespace EnergyPilot.Simulation;

/// <summary>The customer output of the virtual school's electricity meter: whoever looks hears the frame of that moment, in the bytes of the line.</summary>
internal sealed class VirtualTic(VirtualSchool school, Bus bus) : ITicLine
{
    private const int Digits = 9;
    private const string AnyMeter = "041876543210";

    private readonly Device meter = school.Site.Devices.First(d => d.Bus.Id == bus.Id);
    private readonly TicMode mode = bus.Format.BaudRate < 9600 ? TicMode.Historic : TicMode.Standard;
    private readonly TicParser parser = new();
    private TicArrival? latest;

    public TicArrival? Latest
    {
        get
        {
            if (!school.Has(FaultKind.Silent, meter.Id)) school.Do(Speak);
            return latest;
        }
    }

    public TicStatistics Statistics => parser.Statistics;

    public Task<TicArrival> Next(CancellationToken stop) => !school.Has(FaultKind.Silent, meter.Id) && Latest is { } arrival
        ? Task.FromResult(arrival)
        : new TaskCompletionSource<TicArrival>().Task.WaitAsync(stop);

    public Task Run(CancellationToken stop) => Task.CompletedTask;

    private void Speak()
    {
        var bytes = TicEncoder.Encode(new TicFrame(mode, [Address, .. meter.Points.Select(Group)]));
        if (school.Has(FaultKind.CrcErrors, meter.Id)) Garble(bytes);
        ReadOnlySpan<byte> heard = bytes;
        if (parser.TryTake(ref heard, out var frame)) latest = new TicArrival(frame, school.Now);
    }

    private TicGroup Address => new(mode == TicMode.Standard ? "ADSC" : "ADCO", meter.Address == Device.AnyAddress ? AnyMeter : meter.Address);

    private TicGroup Group(Point point)
    {
        var where = (GroupSelector)point.Type.Where;
        var number = Math.Round(where.Scaling.FromCanonical(school.Read(point))) % Math.Pow(10, Digits);
        return new TicGroup(where.Label, Math.Max(number, 0).ToString("000000000", CultureInfo.InvariantCulture));
    }

    // Every group's checksum is wrong, its form is not.
    private static void Garble(Span<byte> bytes)
    {
        for (var i = 1; i < bytes.Length; i++)
            if (bytes[i] == '\r') bytes[i - 1] ^= 1;
    }
}
