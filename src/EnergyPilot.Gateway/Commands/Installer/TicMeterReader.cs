using System.Collections.Immutable;
using EnergyPilot.Core.Devices;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Io.Tic;
using EnergyPilot.Io.Tracing;

namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>One frame of a French meter's customer output, with what its labels mean.</summary>
internal sealed class TicMeterReader : IFieldReader
{
    // Both speeds have 15 s each, and a frame may have just begun.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(35);

    private readonly Target target;
    private readonly TicReader line;
    private readonly CancellationTokenSource ending = new();
    private Task listening = Task.CompletedTask;
    private bool isListening;

    public TicMeterReader(Target target)
    {
        this.target = target;
        line = FieldBuses.TicLine(target.Bus, new FrameTrace(0, TimeProvider.System));
        Title = $"Customer output on {target.Bus.Where}";
    }

    public string Title { get; private set; }

    /// <summary>The last frame.</summary>
    public TicFrame Frame { get; private set; } = new(TicMode.Standard, []);

    public async Task<Sheet> Read(CancellationToken stop)
    {
        if (!isListening)
        {
            await BusDoor.Try(target, stop);
            (isListening, listening) = (true, Task.Run(() => line.Run(ending.Token), CancellationToken.None));
        }

        Frame = (await Next(stop)).Frame;
        var meter = Frame.TryGet("ADSC", out var address) || Frame.TryGet("ADCO", out address) ? address.Value : "(number damaged)";
        Title = $"Meter {meter}, {(Frame.Mode == TicMode.Standard ? "standard" : "historical")} mode, on {target.Bus.Where}; models that fit: {Fitting()}";
        return new Sheet(["label", ">value", "unit", "as the meter says it"], [.. Frame.Groups.Select(Row)]);
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await listening;
        ending.Dispose();
    }

    private async Task<TicArrival> Next(CancellationToken stop)
    {
        try
        {
            return await line.Next(stop).WaitAsync(Patience, stop);
        }
        catch (TimeoutException)
        {
            var heard = line.Statistics;
            throw VerbTrouble.Field(heard.BadChecksums + heard.Malformed > 0
                ? $"{target.Bus.Where}: characters come, but no frame: the wrong speed (--baud 1200 in historical mode, 9600 in standard mode), or a poor opto-coupler."
                : $"{target.Bus.Where}: nothing is heard. The output is I1 and I2 of the meter (and A for supply); is the adapter on them, and is it this port?");
        }
    }

    private string Fitting()
    {
        var models = Models.Of(target).Where(m => m.Points.All(p => p.Where is GroupSelector where && Frame.TryGet(where.Label, out _))).Select(m => m.Id).ToArray();
        return models.Length > 0 ? string.Join(", ", models) : "none";
    }

    private static ImmutableArray<string> Row(TicGroup group)
    {
        var said = group.Horodate is { } at ? $"{group.Value} ({at.At:yyyy-MM-dd HH:mm:ss}Z)".TrimStart() : group.Value.Trim();
        return TicMeaning.TryFind(group.Label, out var meaning) && meaning.TryRead(group.Value, out var value)
            ? [group.Label, ValueText.Number(meaning.Unit == TicUnit.WattHours ? value / 1000 : value), Symbol(meaning.Unit), said]
            : [group.Label, "", "", said];
    }

    private static string Symbol(TicUnit unit) => unit switch
    {
        TicUnit.WattHours => "kWh", TicUnit.VoltAmpereReactiveHours => "varh", TicUnit.Watts => "W", TicUnit.VoltAmperes => "VA",
        TicUnit.Amperes => "A", TicUnit.Volts => "V", TicUnit.Minutes => "min", _ => "",
    };
}
