using System.Net.Sockets;
using System.Runtime.CompilerServices;
using EnergyPilot.Io.Tracing;

namespace EnergyPilot.Io.Modbus;

/// <summary>
/// Modbus TCP to one device or gateway. The connection is made when first needed and kept.
/// After a timeout or a broken frame it is closed, so that nothing said late can be taken for the next answer;
/// within a connection transaction identifiers sort out what is not an answer to the question.
/// Failed connections are repeated with growing, jittered pauses, during which calls end at once as <see cref="ModbusFault.Disconnected"/>.
/// </summary>
public sealed class ModbusTcpWire(string host, int port, TimeProvider time) : IModbusWire
{
    private readonly WireTurn turn = new(time);
    private readonly Backoff backoff = new(time, Random.Shared);
    private readonly byte[] sending = new byte[ModbusTcpFrame.MaxLength];
    private readonly byte[] received = new byte[2 * ModbusTcpFrame.MaxLength];
    private TcpDialogue? dialogue;
    private int filled;
    // Starts shortly before the wrap, so that every start exercises it instead of every 65536th request.
    private ushort transaction = 0xFFF0;
    private ModbusFault strayed;
    private bool disposed;

    /// <summary>Keeps what is sent and received, when there is one.</summary>
    public FrameTrace? Trace { get; init; }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<WireAnswer> Exchange(
        byte unit, ReadOnlyMemory<byte> pdu, Memory<byte> answer, TimeSpan deadline, CancellationToken stop)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (!await turn.Take(deadline, stop).ConfigureAwait(false))
            return WireAnswer.Failed(ModbusFault.Timeout);
        try
        {
            return Conclude(await InTurn(unit, pdu, answer).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            var failed = Conclude(WireAnswer.Failed(strayed == ModbusFault.None ? ModbusFault.Timeout : strayed));
            stop.ThrowIfCancellationRequested();
            return failed;
        }
        catch (Exception trouble) when (trouble is IOException or SocketException or ObjectDisposedException)
        {
            return Conclude(WireAnswer.Failed(ModbusFault.Disconnected));
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Closes the connection; a request under way ends as disconnected or timed out.</summary>
    public ValueTask DisposeAsync()
    {
        disposed = true;
        turn.Dispose();
        dialogue?.Dispose();
        return ValueTask.CompletedTask;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<WireAnswer> InTurn(byte unit, ReadOnlyMemory<byte> pdu, Memory<byte> answer)
    {
        strayed = ModbusFault.None;
        if (disposed)
            return WireAnswer.Failed(ModbusFault.Disconnected);
        // Many devices close idle connections: noticed before sending, it costs no request.
        if (dialogue is { IsClosedByPeer: true })
            Close();
        if (dialogue is null && backoff.IsPausing)
            return WireAnswer.Failed(ModbusFault.Disconnected);

        var connection = dialogue ??= await TcpDialogue.Open(host, port, turn.End).ConfigureAwait(false);
        transaction++;
        var request = sending.AsMemory(0, ModbusTcpFrame.Encode(transaction, unit, pdu.Span, sending));
        Trace?.Record(FrameDirection.Sent, request.Span);
        await connection.Send(request, turn).ConfigureAwait(false);
        return await Receive(connection, unit, answer).ConfigureAwait(false);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<WireAnswer> Receive(TcpDialogue connection, byte unit, Memory<byte> answer)
    {
        while (true)
        {
            while (TryTakeFrame(unit, answer.Span, out var taken))
                if (taken.Fault != ModbusFault.BadTransaction)
                    return taken;
                else
                    strayed = ModbusFault.BadTransaction;

            var read = await connection.Receive(received.AsMemory(filled), turn).ConfigureAwait(false);
            if (read == 0)
                return WireAnswer.Failed(ModbusFault.Disconnected);
            filled += read;
        }
    }

    private bool TryTakeFrame(byte unit, Span<byte> answer, out WireAnswer taken)
    {
        taken = default;
        if (!ModbusTcpFrame.TryReadHeader(received.AsSpan(0, filled), out var header))
            return false;
        if (header.Fault != ModbusFault.None)
        {
            taken = WireAnswer.Failed(header.Fault);
            return true;
        }

        if (filled < header.FrameLength)
            return false;
        Trace?.Record(FrameDirection.Received, received.AsSpan(0, header.FrameLength));
        taken = Judge(header, unit, received.AsSpan(ModbusTcpFrame.HeaderLength, header.Length - 1), answer);
        received.AsSpan(header.FrameLength, filled - header.FrameLength).CopyTo(received);
        filled -= header.FrameLength;
        return true;
    }

    private WireAnswer Judge(ModbusTcpHeader header, byte unit, ReadOnlySpan<byte> pdu, Span<byte> answer)
    {
        if (header.Transaction != transaction)
            return WireAnswer.Failed(ModbusFault.BadTransaction);
        if (header.Unit != unit)
            return WireAnswer.Failed(ModbusFault.BadUnit);
        return pdu.TryCopyTo(answer) ? WireAnswer.Of(pdu.Length) : WireAnswer.Failed(ModbusFault.BadLength);
    }

    private WireAnswer Conclude(WireAnswer answer)
    {
        if (answer.Fault == ModbusFault.None)
        {
            backoff.Succeeded();
            return answer;
        }

        // A unit that is silent behind a healthy gateway must not slow its neighbours down: only connections earn pauses.
        var paused = dialogue is null && backoff.IsPausing;
        if (!paused && (dialogue is null || answer.Fault == ModbusFault.Disconnected))
            backoff.Failed();
        Close();
        return answer;
    }

    private void Close()
    {
        // A frame that was never finished, or never one.
        Trace?.Record(FrameDirection.Received, received.AsSpan(0, filled));
        dialogue?.Dispose();
        dialogue = null;
        filled = 0;
    }
}
