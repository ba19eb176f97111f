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

    /// <summary>What is wrong with the line as a whole, in a sentence for an engineer; empty while it works.</summary>
    string Trouble => "";

    /// <summary>The same as a code, for people.</summary>
    LineFault Fault => Trouble.Length > 0 ? LineFault.Other : LineFault.None;

    /// <summary>Devices that were left alone because they did not answer are asked again: for what must not wait.</summary>
    void Forgive()
    {
    }

    /// <summary>What was said on it lately; null where nobody writes it down.</summary>
    FrameTrace? Trace => null;

    /// <summary>Another device on the same open line, read into an image of its own, for one look; it is not disposed of. Null where the line cannot be shared.</summary>
    IFieldBus? Beside(Device device, ProcessImage image) => null;

    /// <summary>Reads what is due at this instant into the process image.</summary>
    ValueTask Poll(DateTimeOffset at, CancellationToken stop);

    /// <summary>Sets an output; the value is in the canonical unit of its quantity.</summary>
    ValueTask<WriteResult> Write(Point point, double value, CancellationToken stop);
}

/// <summary>Whether an output took its value.</summary>
internal enum WriteResult { Done, Failed }
