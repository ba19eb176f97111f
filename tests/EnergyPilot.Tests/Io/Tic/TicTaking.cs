using EnergyPilot.Io.Tic;

namespace EnergyPilot.Tests.Io.Tic;

/// <summary>All frames of some bytes at once.</summary>
internal static class TicTaking
{
    public static List<TicFrame> TakeAll(this TicParser parser, ReadOnlySpan<byte> bytes)
    {
        var frames = new List<TicFrame>();
        while (parser.TryTake(ref bytes, out var frame))
            frames.Add(frame);
        return frames;
    }
}
