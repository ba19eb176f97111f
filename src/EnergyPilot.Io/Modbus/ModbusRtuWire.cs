using System.Net.Sockets;

namespace EnergyPilot.Io.Modbus;

/// <summary>
/// Modbus RTU over a byte stream: a TCP tunnel to a serial gateway, or a serial port.
/// Frames are found by length and CRC; whatever comes before a request is sent is heard and dropped.
/// RTU has no transaction identifiers: after a timeout the line must stay silent for a while before the next request,
/// so that a late answer is dropped instead of being taken for the next one.
/// </summary>
public sealed class ModbusRtuWire(Func<CancellationToken, ValueTask<Stream>> open, SerialLine line, TimeProvider time) : IModbusWire
{
    private static readonly TimeSpan SilenceAfterTimeout = TimeSpan.FromMilliseconds(100);

    private readonly WireTurn turn = new(time);
    private readonly Backoff backoff = new(time, Random.Shared);
    private readonly byte[] sending = new byte[ModbusRtuFrame.MaxLength];
    private readonly byte[] received = new byte[2 * ModbusRtuFrame.MaxLength];
    private byte[] incoming = [];
    private Task<int>? listening;
    private Stream? stream;
    private TimeSpan silence;
    private long lastHeard;
    private int filled;
    private bool disposed;

    /// <summary>A wire through a TCP tunnel (a serial device server in raw mode).</summary>
    public static ModbusRtuWire OverTcp(string host, int port, SerialLine line, TimeProvider time) =>
        new(async stop => new NetworkStream(await TcpConnection.Open(host, port, stop).ConfigureAwait(false), ownsSocket: true), line, time);

    /// <inheritdoc/>
    public async ValueTask<WireAnswer> Exchange(
        byte unit, ReadOnlyMemory<byte> pdu, Memory<byte> answer, TimeSpan deadline, CancellationToken stop)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (!await turn.Take(deadline, stop).ConfigureAwait(false))
            return WireAnswer.Failed(ModbusFault.Timeout);
        try
        {
            return await InTurn(unit, pdu, answer).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            silence = SilenceAfterTimeout;
            stop.ThrowIfCancellationRequested();
            return AtDeadline(unit, pdu.Span[0], answer.Span);
        }
        catch (Exception trouble) when (trouble is IOException or SocketException or ObjectDisposedException)
        {
            backoff.Failed();
            Close();
            return WireAnswer.Failed(ModbusFault.Disconnected);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Closes the stream; a request under way ends as disconnected or timed out.</summary>
    public async ValueTask DisposeAsync()
    {
        disposed = true;
        turn.Dispose();
        if (stream is { } opened)
            await opened.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask<WireAnswer> InTurn(byte unit, ReadOnlyMemory<byte> pdu, Memory<byte> answer)
    {
        filled = 0;
        if (disposed || stream is null && backoff.IsPausing)
            return WireAnswer.Failed(ModbusFault.Disconnected);

        var wire = stream ?? await Open().ConfigureAwait(false);
        await FallSilent(wire).ConfigureAwait(false);
        await wire.WriteAsync(sending.AsMemory(0, ModbusRtuFrame.Encode(unit, pdu.Span, sending)), turn.End).ConfigureAwait(false);
        await wire.FlushAsync(turn.End).ConfigureAwait(false);
        while (true)
        {
            await Hear(wire).ConfigureAwait(false);
            if (RtuScan.FirstAnswer(received.AsSpan(0, filled), unit, pdu.Span[0]) is { } place)
                return Take(place, answer.Span);
        }
    }

    private async ValueTask<Stream> Open()
    {
        var opened = await open(turn.End).ConfigureAwait(false);
        // A read of the closed stream may still be writing into the old buffer.
        incoming = new byte[ModbusRtuFrame.MaxLength];
        listening = null;
        lastHeard = time.GetTimestamp();
        silence = line.Silence;
        return stream = opened;
    }

    /// <summary>Waits until nothing has been heard for the silence that separates frames, and drops what was heard.</summary>
    private async ValueTask FallSilent(Stream wire)
    {
        // After a timeout the silence is listened to anew: a late answer may be just arriving.
        if (silence == SilenceAfterTimeout)
            lastHeard = time.GetTimestamp();
        while (true)
        {
            listening ??= wire.ReadAsync(incoming).AsTask();
            if (!listening.IsCompleted)
            {
                var left = silence - time.GetElapsedTime(lastHeard);
                if (left <= TimeSpan.Zero)
                    break;
                var wait = TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
                Task heard = listening.WaitAsync(wait, time, turn.End);
                await heard.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                turn.End.ThrowIfCancellationRequested();
            }

            if (listening.IsCompleted)
                await Hear(wire).ConfigureAwait(false);
        }

        filled = 0;
        silence = line.Silence;
    }

    private async ValueTask Hear(Stream wire)
    {
        listening ??= wire.ReadAsync(incoming).AsTask();
        var read = await listening.WaitAsync(turn.End).ConfigureAwait(false);
        listening = null;
        if (read == 0)
            throw new EndOfStreamException();
        lastHeard = time.GetTimestamp();

        // An answer fits into half of the buffer: with more than that the older half is noise.
        var excess = filled + read - received.Length;
        if (excess > 0)
        {
            received.AsSpan(excess, filled - excess).CopyTo(received);
            filled -= excess;
        }

        incoming.AsSpan(0, read).CopyTo(received.AsSpan(filled));
        filled += read;
    }

    private WireAnswer AtDeadline(byte unit, byte function, Span<byte> answer)
    {
        var heard = received.AsSpan(0, filled);
        if (RtuScan.LastChance(heard, unit, function) is { } place)
            return Take(place, answer);
        return WireAnswer.Failed(filled == 0 ? ModbusFault.Timeout : ModbusFault.BadChecksum);
    }

    private WireAnswer Take(Range place, Span<byte> answer)
    {
        backoff.Succeeded();
        var pdu = received.AsSpan(place)[1..^2];
        return pdu.TryCopyTo(answer) ? WireAnswer.Of(pdu.Length) : WireAnswer.Failed(ModbusFault.BadLength);
    }

    private void Close()
    {
        stream?.Dispose();
        stream = null;
        listening = null;
    }
}
