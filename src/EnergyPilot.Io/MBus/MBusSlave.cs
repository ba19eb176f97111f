namespace EnergyPilot.Io.MBus;

/// <summary>
/// The meters' end of a line: virtual meters that hear the same bytes. Where several answer at once, their answers overlay each other
/// as on the wire, where a 0 draws current and wins over a 1.
/// </summary>
/// <param name="meters">The meters; two may share an address, as real ones do.</param>
public sealed class MBusSlave(params IReadOnlyList<MBusVirtualMeter> meters)
{
    private readonly Lock gate = new();

    /// <summary>Answers masters on a stream until it ends or <paramref name="stop"/>. Trouble with the stream throws.</summary>
    public async Task Serve(Stream line, CancellationToken stop)
    {
        var reader = new MBusFrameReader();
        var incoming = new byte[MBusFrame.MaxLength];
        var answer = new byte[MBusFrame.MaxLength];
        int read;
        while ((read = await line.ReadAsync(incoming, stop).ConfigureAwait(false)) > 0)
        {
            reader.Append(incoming.AsSpan(0, read));
            while (TryAnswer(reader, answer, out var length))
            {
                await line.WriteAsync(answer.AsMemory(0, length), stop).ConfigureAwait(false);
                await line.FlushAsync(stop).ConfigureAwait(false);
            }
        }
    }

    /// <summary>What the meters answer to a frame; 0 when all are silent. <paramref name="to"/> has room for the longest frame.</summary>
    public int Answer(in MBusFrame frame, Span<byte> to)
    {
        Span<byte> one = stackalloc byte[MBusFrame.MaxLength];
        var all = 0;
        lock (gate)
        {
            foreach (var meter in meters)
            {
                var length = meter.Answer(frame, one);
                for (var i = 0; i < length; i++)
                    to[i] = i < all ? (byte)(to[i] & one[i]) : one[i];
                all = Math.Max(all, length);
            }
        }

        return all;
    }

    private bool TryAnswer(MBusFrameReader reader, Span<byte> answer, out int length)
    {
        length = 0;
        while (length == 0 && reader.TryRead(out var frame))
            length = Answer(frame, answer);
        return length > 0;
    }
}
