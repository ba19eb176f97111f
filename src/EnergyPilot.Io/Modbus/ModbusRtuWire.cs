using System.Net.Sockets;
using System.Runtime.CompilerServices;
using EnergyPilot.Io.Tracing;

namespace EnergyPilot.Io.Modbus;

/// <summary>
/// Modbus RTU over a byte stream: a TCP tunnel to a serial gateway, or a serial port.
/// Frames are found by length and CRC; whatever comes before a request is sent is heard and dropped.
/// RTU has no transaction identifiers: after a timeout the line must stay silent for a while before the next request,
/// so that a late answer is dropped instead of being taken for the next one.
/// Unit 0 is the broadcast: writes only, not answered, and the units get time to act on them.
/// </summary>
public sealed class ModbusRtuWire(Func<CancellationToken, ValueTask<Stream>> open, SerialLine line, TimeProvider time) : IModbusWire
{
    private const byte Broadcast = 0;

    private static readonly TimeSpan SilenceAfterTimeout = TimeSpan.FromMilliseconds(100);

    // MODBUS over Serial Line V1.02, 2.4.1: typically 100 to 200 ms.
    private static readonly TimeSpan Turnaround = TimeSpan.FromMilliseconds(100);

    // An answer that stopped growing for so long is damaged. Between frames t1.5 would do, but neither tunnels nor USB adapters keep it.
    private static readonly TimeSpan LongestStall = TimeSpan.FromMilliseconds(100);

    // A tunnel whose far side is gone goes on taking what is sent: after so many requests without a byte in answer it is opened anew.
    private const int MostUnheard = 3;

    private readonly WireTurn turn = new(time);
    private readonly Backoff backoff = new(time, Random.Shared);
    private readonly LateUnits late = new(time);
    private readonly byte[] sending = new byte[ModbusRtuFrame.MaxLength];
    private readonly byte[] received = new byte[2 * ModbusRtuFrame.MaxLength];
    private LineEar? ear;
    private TimeSpan silence = line.Silence;
    private long busySince;
    private TimeSpan busyFor;
    private int sent;
    private int filled;
    private int unheard;
    private bool disposed;

    /// <summary>Keeps what is sent and heard, when there is one.</summary>
    public FrameTrace? Trace { get; init; }

    /// <summary>A wire through a TCP tunnel (a serial device server in raw mode).</summary>
    public static ModbusRtuWire OverTcp(string host, int port, SerialLine line, TimeProvider time) => OverTcp(host, port, line, time, null);

    /// <summary>As above, with a trace.</summary>
    public static ModbusRtuWire OverTcp(string host, int port, SerialLine line, TimeProvider time, FrameTrace? trace) =>
        new(async stop => new NetworkStream(await TcpConnection.Open(host, port, stop).ConfigureAwait(false), ownsSocket: true), line, time)
        {
            Trace = trace,
        };

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A request that is not a write goes to unit 0.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<WireAnswer> Exchange(
        byte unit, ReadOnlyMemory<byte> pdu, Memory<byte> answer, TimeSpan deadline, CancellationToken stop)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (unit == Broadcast && !ModbusFunction.IsWrite(pdu.Span[0]))
            throw new ArgumentException("Nobody answers a broadcast: it can only write.", nameof(unit));
        if (!await turn.Take(deadline, stop).ConfigureAwait(false))
            return WireAnswer.Failed(ModbusFault.Timeout);
        (sent, filled) = (0, 0);
        try
        {
            return await InTurn(unit, pdu, answer, deadline).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            var given = AtDeadline(unit, pdu.Span[0], answer.Span);
            stop.ThrowIfCancellationRequested();
            return given;
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
    public ValueTask DisposeAsync()
    {
        disposed = true;
        turn.Dispose();
        ear?.Dispose();
        return ValueTask.CompletedTask;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<WireAnswer> InTurn(byte unit, ReadOnlyMemory<byte> pdu, Memory<byte> answer, TimeSpan deadline)
    {
        if (ear is { HasEnded: true })
            Close();
        if (disposed || ear is null && backoff.IsPausing)
            return WireAnswer.Failed(ModbusFault.Disconnected);

        ear ??= new LineEar(await open(turn.End).ConfigureAwait(false), time);
        var listener = ear;
        await FallSilent(listener, late.Allowance(unit)).ConfigureAwait(false);
        sent = ModbusRtuFrame.Encode(unit, pdu.Span, sending);
        Trace?.Record(FrameDirection.Sent, sending.AsSpan(0, sent));
        await listener.Stream.WriteAsync(sending.AsMemory(0, sent), turn.End).ConfigureAwait(false);
        await listener.Stream.FlushAsync(turn.End).ConfigureAwait(false);
        if (unit != Broadcast)
            return await Listen(listener, unit, pdu.Span[0], answer).ConfigureAwait(false);

        (busySince, busyFor) = (time.GetTimestamp(), line.Frame(sent) + Turnaround);
        return WireAnswer.Unanswered;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<WireAnswer> Listen(LineEar listener, byte unit, byte function, Memory<byte> answer)
    {
        while (true)
        {
            await listener.WaitForBytes(filled == 0 ? Timeout.InfiniteTimeSpan : LongestStall, turn.End).ConfigureAwait(false);
            turn.End.ThrowIfCancellationRequested();
            var ended = listener.HasEnded;
            var before = filled;
            filled = listener.Take(received, filled);
            var isQuiet = filled == before && time.GetElapsedTime(listener.LastHeard) >= LongestStall;
            var place = RtuScan.FirstAnswer(received.AsSpan(0, filled), unit, function);

            // While the unit owes an answer to an earlier question, this may be that one: the right one would follow at once.
            if (place is { } found && (isQuiet || !late.Owes(unit)))
                return Take(Last(found, unit, function), unit, answer.Span);
            if (ended)
                throw new EndOfStreamException();
            if (place is null && filled > 0 && isQuiet && HasStalled(unit, function))
                return AtDeadline(unit, function, answer.Span);
        }
    }

    // Of several answers the last is the one to the last question.
    private Range Last(Range place, byte unit, byte function)
    {
        while (RtuScan.LastChance(received.AsSpan(place.End.Value, filled - place.End.Value), unit, function) is { } next)
            place = (place.End.Value + next.Start.Value)..(place.End.Value + next.End.Value);
        return place;
    }

    // A crackle before a slow unit answers is no reason to give up, nor is our own request that a cheap adapter hears.
    private bool HasStalled(byte unit, byte function)
    {
        var heard = received.AsSpan(0, filled);
        return RtuScan.HasBeginning(heard.StartsWith(sending.AsSpan(0, sent)) ? heard[sent..] : heard, unit, function);
    }

    /// <summary>Waits until nothing has been heard for the silence that separates frames, and drops what was heard.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FallSilent(LineEar listener, TimeSpan allowance)
    {
        var began = time.GetTimestamp();
        // After a timeout the silence is listened to anew: a late answer may be just arriving.
        var anew = allowance > silence ? allowance : silence;
        while (true)
        {
            if (listener.Take(received, 0) is > 0 and var dropped)
                Trace?.Record(FrameDirection.Received, received.AsSpan(0, dropped));
            var left = line.Silence - time.GetElapsedTime(listener.LastHeard);
            left = Longer(left, busyFor - time.GetElapsedTime(busySince));
            if (anew > line.Silence)
                left = Longer(left, anew - time.GetElapsedTime(began));
            if (left <= TimeSpan.Zero || listener.HasEnded)
                break;
            await Wait(listener, left).ConfigureAwait(false);
            turn.End.ThrowIfCancellationRequested();
        }

        (silence, busyFor) = (line.Silence, TimeSpan.Zero);
    }

    private ValueTask Wait(LineEar listener, TimeSpan left)
    {
        if (!LinePause.IsExact(time))
            return listener.WaitFor(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), turn.End);
        if (left > LinePause.Longest)
            return listener.WaitFor(TimeSpan.FromMilliseconds(Math.Ceiling((left - LinePause.Longest).TotalMilliseconds)), turn.End);
        LinePause.Sleep(left);
        return ValueTask.CompletedTask;
    }

    private WireAnswer AtDeadline(byte unit, byte function, Span<byte> answer)
    {
        // Before the request was sent, whatever is heard answers another one.
        if (sent == 0)
            return WireAnswer.Failed(ModbusFault.Timeout);
        silence = SilenceAfterTimeout;
        if (ear is { } listener)
            filled = listener.Take(received, filled);
        if (RtuScan.LastChance(received.AsSpan(0, filled), unit, function) is { } place)
            return Take(Last(place, unit, function), unit, answer);
        late.Expect(unit);
        unheard = filled == 0 ? unheard + 1 : 0;
        if (unheard >= MostUnheard)
            Close();
        Trace?.Record(FrameDirection.Received, received.AsSpan(0, filled));
        return WireAnswer.Failed(filled == 0 ? ModbusFault.Timeout : ModbusFault.BadChecksum);
    }

    private WireAnswer Take(Range place, byte unit, Span<byte> answer)
    {
        backoff.Succeeded();
        late.Forget(unit);
        unheard = 0;
        var heard = received.AsSpan(0, filled);
        Trace?.Record(FrameDirection.Received, heard[..place.Start]);
        Trace?.Record(FrameDirection.Received, heard[place]);
        Trace?.Record(FrameDirection.Received, heard[place.End..]);
        var pdu = heard[place][1..^2];
        return pdu.TryCopyTo(answer) ? WireAnswer.Of(pdu.Length) : WireAnswer.Failed(ModbusFault.BadLength);
    }

    private void Close()
    {
        ear?.Dispose();
        ear = null;
        unheard = 0;
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
