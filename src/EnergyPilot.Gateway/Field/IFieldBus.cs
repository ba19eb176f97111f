using System.Collections.Immutable;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Io.Tracing;

namespace EnergyPilot.Gateway.Field;

/// <summary>One wire of the school with everything that hangs on it. Trouble on it is counted and shows as age of its readings, it never throws.</summary>
internal interface IFieldBus : IAsyncDisposable
{
    Bus Bus { get; }

    /// <summary>How its devices do, by their ids.</summary>
    ImmutableDictionary<string, DeviceCounters> Counters => ImmutableDictionary<string, DeviceCounters>.Empty;

    /// <summary>What is wrong with the line as a whole; none while it works.</summary>
    ImmutableArray<LineTrouble> Troubles => [];

    /// <summary>Devices that were left alone because they did not answer are asked again: for what must not wait.</summary>
    void Forgive()
    {
    }

    /// <summary>What was said on it lately; null where nobody writes it down.</summary>
    FrameTrace? Trace => null;

    /// <summary>
    /// Asks another device on the same open line once, or listens to it until <paramref name="stop"/>, in turn with the polls. What it says goes into an image of its own:
    /// the bus, its readings and its counters stay as they are, and nothing is held afterwards.
    /// </summary>
    /// <exception cref="OperationCanceledException">It was stopped; what came until then is in the image.</exception>
    ValueTask<Look> Look(Device device, ProcessImage image, DateTimeOffset at, CancellationToken stop) => ValueTask.FromResult(Field.Look.NotPossible());

    /// <summary>Reads what is due at this instant into the process image.</summary>
    ValueTask Poll(DateTimeOffset at, CancellationToken stop);

    /// <summary>Sets an output; the value is in the canonical unit of its quantity.</summary>
    ValueTask<WriteResult> Write(Point point, double value, CancellationToken stop);
}

/// <summary>Whether an output took its value.</summary>
internal enum WriteResult { Done, Failed }
