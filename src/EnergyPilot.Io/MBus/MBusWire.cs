using System.Net.Sockets;
using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Io.MBus;

/// <summary>
/// The line, and who has it: conversations follow one another. Within a conversation a request is sent after silence and its answer looked for
/// in whatever is heard. After a failure the stream is closed and opened again by the next conversation, with growing pauses.
/// </summary>
internal sealed class MBusWire(Func<CancellationToken, ValueTask<Stream>> open, MBusLine line, TimeProvider time) : IAsyncDisposable
{
    // A converter may deliver an answer late: before a repetition it is waited for, and dropped.
    private static readonly TimeSpan SilenceBeforeRepetition = TimeSpan.FromMilliseconds(100);

    private readonly WireTurn turn = new(time);
    private readonly Backoff backoff = new(time, Random.Shared);
    private readonly MBusFrameReader reader = new();
    private readonly byte[] sending = new byte[MBusFrame.MaxLength];
    private readonly byte[] answer = new byte[MBusFrame.MaxApplication];
    private byte[] incoming = [];
    private Task<int>? listening;
    private Stream? stream;
    private TimeSpan silence;
    private long lastHeard;
    private int answered;
    private bool disposed;

    /// <summary>What a request wants to hear.</summary>
    public enum Wanted
    {
        Acknowledge,
        Response,
    }

    /// <summary>CI field and data of the last response; valid until the next request.</summary>
    public ReadOnlyMemory<byte> Answer => answer.AsMemory(0, answered);

    /// <summary>Holds one conversation within the deadline; trouble with the line, and the deadline itself, become a fault.</summary>
    public async ValueTask<T> Converse<T>(Func<ValueTask<T>> talk, Func<MBusFault, T> failed, TimeSpan deadline, CancellationToken stop)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (!await turn.Take(deadline, stop).ConfigureAwait(false))
            return failed(MBusFault.Timeout);
        try
        {
            if (disposed || stream is null && backoff.IsPausing)
                return failed(MBusFault.Disconnected);
            if (stream is null)
                await Open().ConfigureAwait(false);
            return await talk().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            silence = SilenceBeforeRepetition;
            lastHeard = time.GetTimestamp();
            stop.ThrowIfCancellationRequested();
            return failed(stream is null ? MBusFault.Disconnected : MBusFault.Timeout);
        }
        catch (Exception trouble) when (trouble is IOException or SocketException or ObjectDisposedException)
        {
            backoff.Failed();
            Close();
            return failed(MBusFault.Disconnected);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Asks with a short frame. Only inside of <see cref="Converse"/>.</summary>
    public ValueTask<MBusFault> AskShort(byte control, byte address, Wanted wanted, int attempts) =>
        Ask(MBusFrame.WriteShort(control, address, sending), wanted, attempts);

    /// <summary>Sends a long frame. Only inside of <see cref="Converse"/>.</summary>
    public ValueTask<MBusFault> AskLong(byte address, ReadOnlySpan<byte> application, int attempts) =>
        Ask(MBusFrame.WriteLong(MBusControl.SendData, address, application, sending), Wanted.Acknowledge, attempts);

    /// <summary>Closes the stream; a conversation under way ends as disconnected or timed out.</summary>
    public async ValueTask DisposeAsync()
    {
        disposed = true;
        turn.Dispose();
        if (stream is { } opened)
            await opened.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask Open()
    {
        var opened = await open(turn.End).ConfigureAwait(false);
        // A read of the closed stream may still be writing into the old buffer.
        incoming = new byte[MBusFrame.MaxLength];
        listening = null;
        lastHeard = time.GetTimestamp();
        silence = line.Silence;
        stream = opened;
    }

    private async ValueTask<MBusFault> Ask(int length, Wanted wanted, int attempts)
    {
        for (var attempt = 1; ; attempt++)
        {
            var fault = await Attempt(length, wanted).ConfigureAwait(false);
            if (fault == MBusFault.None)
                backoff.Succeeded();
            if (fault == MBusFault.None || attempt >= attempts)
                return fault;
            silence = SilenceBeforeRepetition;
            lastHeard = time.GetTimestamp();
        }
    }

    private async ValueTask<MBusFault> Attempt(int length, Wanted wanted)
    {
        var wire = stream ?? throw new EndOfStreamException();
        await FallSilent(wire).ConfigureAwait(false);
        var address = sending[0] == MBusFrame.ShortStart ? sending[2] : sending[5];
        var asked = time.GetTimestamp();
        await wire.WriteAsync(sending.AsMemory(0, length), turn.End).ConfigureAwait(false);
        await wire.FlushAsync(turn.End).ConfigureAwait(false);

        // Writing returns before the bytes are on the line. A line that never falls silent is left after the time of two of the longest frames.
        var limit = line.Frame(length) + line.AnswerTime + line.Frame(2 * MBusFrame.MaxLength);
        var wait = line.Frame(length) + line.AnswerTime;
        var acknowledged = false;
        while (time.GetElapsedTime(asked) < limit && await Hear(wire, wait).ConfigureAwait(false))
        {
            if (TryTake(wanted, address, ref acknowledged))
                return MBusFault.None;
            wait = line.AnswerTime;
        }

        if (TryTakeLast(wanted, address, ref acknowledged))
            return MBusFault.None;
        if (acknowledged)
            return MBusFault.NoData;
        return reader.Heard == 0 ? MBusFault.Timeout : MBusFault.Garbled;
    }

    private bool TryTake(Wanted wanted, byte address, ref bool acknowledged)
    {
        while (reader.TryRead(out var frame))
        {
            if (IsWanted(frame, wanted, address, ref acknowledged))
                return true;
        }

        return false;
    }

    private bool TryTakeLast(Wanted wanted, byte address, ref bool acknowledged)
    {
        while (reader.TryReadLast(out var frame))
        {
            if (IsWanted(frame, wanted, address, ref acknowledged))
                return true;
        }

        return false;
    }

    private bool IsWanted(in MBusFrame frame, Wanted wanted, byte address, ref bool acknowledged)
    {
        acknowledged |= frame.Kind == MBusFrameKind.Acknowledge;
        if (wanted == Wanted.Acknowledge)
            return frame.Kind == MBusFrameKind.Acknowledge;

        // An echo of our own request is no response; neither is the late answer of another meter. Bits 4 and 5 are the meter's to use.
        if (frame.Kind == MBusFrameKind.Acknowledge || (frame.Control & 0xCF) != MBusControl.Response || frame.Application.Length == 0)
            return false;
        if (address <= MBusControl.LastPrimary && frame.Address != address)
            return false;
        frame.Application.CopyTo(answer);
        answered = frame.Application.Length;
        return true;
    }

    /// <summary>Waits until nothing was heard for the silence that goes before a request, and drops what was heard.</summary>
    private async ValueTask FallSilent(Stream wire)
    {
        TimeSpan left;
        var began = time.GetTimestamp();
        var patience = line.Frame(2 * MBusFrame.MaxLength) + silence;
        while ((left = silence - time.GetElapsedTime(lastHeard)) > TimeSpan.Zero || listening is { IsCompleted: true })
        {
            await Hear(wire, left).ConfigureAwait(false);
            reader.Clear();
            if (time.GetElapsedTime(began) > patience)
                break;
        }

        reader.Clear();
        silence = line.Silence;
    }

    private async ValueTask<bool> Hear(Stream wire, TimeSpan wait)
    {
        listening ??= wire.ReadAsync(incoming).AsTask();
        if (!listening.IsCompleted)
        {
            Task heard = listening.WaitAsync(TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(wait.TotalMilliseconds, 0))), time, turn.End);
            await heard.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            turn.End.ThrowIfCancellationRequested();
            if (!listening.IsCompleted)
                return false;
        }

        var read = await listening.ConfigureAwait(false);
        listening = null;
        if (read == 0)
            throw new EndOfStreamException();
        lastHeard = time.GetTimestamp();
        reader.Append(incoming.AsSpan(0, read));
        return true;
    }

    private void Close()
    {
        stream?.Dispose();
        stream = null;
        listening = null;
    }
}
