using System.Net.Sockets;

namespace EnergyPilot.Io.Modbus;

/// <summary>
/// Serves a <see cref="ModbusSlave"/> on a serial line or a tunnel to one. Requests are found by length and CRC in whatever is heard,
/// the answers of other units included; what stays unfinished for long is dropped. Have the slave be silent for unknown units.
/// </summary>
public sealed class ModbusRtuServer : IAsyncDisposable
{
    // Tunnels and USB adapters tear frames; no master sends its next request so soon after an unfinished one.
    private static readonly TimeSpan LongestGap = TimeSpan.FromMilliseconds(50);

    private readonly ModbusSlave slave;
    private readonly Stream line;
    private readonly TimeProvider time;
    private readonly byte[] heard = new byte[2 * ModbusRtuFrame.MaxLength];
    private readonly byte[] sending = new byte[ModbusRtuFrame.MaxLength];
    private readonly Task serving;

    private ModbusRtuServer(ModbusSlave slave, Stream line, TimeProvider time)
    {
        (this.slave, this.line, this.time) = (slave, line, time);
        serving = Serve();
    }

    /// <summary>Serves until the line ends or <see cref="DisposeAsync"/>, which closes the line.</summary>
    public static ModbusRtuServer Start(ModbusSlave slave, Stream line, TimeProvider time) => new(slave, line, time);

    /// <summary>Closes the line and waits until serving has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        await line.DisposeAsync().ConfigureAwait(false);
        await serving.ConfigureAwait(false);
    }

    private async Task Serve()
    {
        var filled = 0;
        var last = time.GetTimestamp();
        try
        {
            while (await line.ReadAsync(heard.AsMemory(filled)).ConfigureAwait(false) is > 0 and var read)
            {
                if (time.GetElapsedTime(last) > LongestGap)
                {
                    heard.AsSpan(filled, read).CopyTo(heard);
                    filled = 0;
                }

                last = time.GetTimestamp();
                filled = await AnswerAll(filled + read).ConfigureAwait(false);
            }
        }
        catch (Exception trouble) when (trouble is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The line was closed, by us or by the other side.
        }
    }

    /// <summary>Answers every whole request and returns how many bytes of an unfinished one remain.</summary>
    private async ValueTask<int> AnswerAll(int filled)
    {
        var start = 0;
        while (start < filled)
        {
            var length = ModbusRtuFrame.RequestLength(heard.AsSpan(start, filled - start));
            if (length == 0 || length > filled - start)
                break;
            if (length < 0 || !ModbusRtuFrame.TryDecode(heard.AsSpan(start, length), out var unit, out var pdu))
            {
                start++;
                continue;
            }

            start += length;
            if (Answer(unit, pdu) is > 0 and var answered)
                await line.WriteAsync(sending.AsMemory(0, answered)).ConfigureAwait(false);
        }

        // The first byte of noise may promise a frame longer than any: it goes when there is no room left.
        if (start == 0 && filled == heard.Length)
            start = ModbusRtuFrame.MaxLength;
        heard.AsSpan(start, filled - start).CopyTo(heard);
        return filled - start;
    }

    private int Answer(byte unit, ReadOnlySpan<byte> pdu)
    {
        Span<byte> answer = stackalloc byte[ModbusPdu.MaxLength];
        var length = slave.Answer(unit, pdu, answer);
        return length == 0 ? 0 : ModbusRtuFrame.Encode(unit, answer[..length], sending);
    }
}
