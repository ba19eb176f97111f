using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Io.Mqtt;

/// <summary>
/// One connection. What is sent goes through a pipe that takes some 64 kB before senders wait, so that many small packets
/// travel together and a peer that does not read holds no more than that.
/// </summary>
internal sealed class MqttLink(Stream stream, MqttVersion version, TimeProvider time) : IAsyncDisposable
{
    private const int IpProtocolTcp = 6;
    private const int TcpUserTimeout = 18;
    private const int Batch = 4096;

    private static readonly PipeOptions Bounds = new(
        pauseWriterThreshold: 64 * 1024, resumeWriterThreshold: 32 * 1024, minimumSegmentSize: 4096, useSynchronizationContext: false);

    private readonly Pipe sending = new(Bounds);
    private readonly SemaphoreSlim turn = new(1);
    private bool isFinished;
    private long sentAt = time.GetTimestamp();
    private long writingSince;

    /// <summary>In which version packets are written; a server learns it from CONNECT.</summary>
    public MqttVersion Version { get; set; } = version;

    public PipeReader Input { get; } = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 4096, minimumReadSize: 1024, leaveOpen: true));

    /// <summary>How long nothing was handed over for sending.</summary>
    public TimeSpan SilentFor => time.GetElapsedTime(Volatile.Read(ref sentAt));

    /// <summary>How long the peer has not taken what is being written; zero while nothing waits for it.</summary>
    public TimeSpan StuckFor => Volatile.Read(ref writingSince) is var since and not 0 ? time.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>Connects; throws what sockets and TLS throw.</summary>
    public static async Task<MqttLink> Open(MqttOptions options, SslClientAuthenticationOptions? tls, TimeProvider time, CancellationToken stop)
    {
        var socket = await TcpConnection.Open(options.Host, options.Port, stop).ConfigureAwait(false);
        Stream stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            BePatient(socket, options.KeepAlive * 1.5);
            if (tls is not null)
            {
                var encrypted = new SslStream(stream);
                stream = encrypted;
                await encrypted.AuthenticateAsClientAsync(tls, stop).ConfigureAwait(false);
            }

            return new MqttLink(stream, options.Version, time);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Sends a packet; waits while the peer does not read. On a link that has ended it does nothing.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask Send<T>(T packet, CancellationToken stop)
        where T : struct, IMqttPacket
    {
        await turn.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            if (isFinished)
                return;
            MqttEncoder.Write(sending.Writer, packet, Version);
            await Flush(stop).ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Sends what waits in the window, as far as the server takes it.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask Send(MqttWindow window, CancellationToken stop)
    {
        await turn.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            while (!isFinished && window.TrySendNext(this, sending.Writer))
                await Flush(stop).ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Sends some of what the source has and gives way to others; false when it has nothing more.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> Send(IMqttSource source, CancellationToken stop)
    {
        await turn.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            var hasMore = true;
            while (!isFinished && sending.Writer.UnflushedBytes < Batch && hasMore)
                hasMore = source.TryWriteNext(sending.Writer, Version);
            if (isFinished || sending.Writer.UnflushedBytes == 0)
                return false;
            await Flush(stop).ConfigureAwait(false);
            return hasMore;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Carries what was sent to the peer until <see cref="Finish"/>; throws what streams throw.</summary>
    public async Task Pump(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                var read = await sending.Reader.ReadAsync(stop).ConfigureAwait(false);
                foreach (var part in read.Buffer)
                {
                    Volatile.Write(ref writingSince, time.GetTimestamp() | 1);
                    await stream.WriteAsync(part, stop).ConfigureAwait(false);
                    Volatile.Write(ref writingSince, 0);
                }

                sending.Reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                    return;
            }
        }
        finally
        {
            // Senders no longer wait: what they write from now on is dropped.
            await sending.Reader.CompleteAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Nothing more will be sent: <see cref="Pump"/> ends after the rest.</summary>
    public async Task Finish()
    {
        await turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        isFinished = true;
        await sending.Writer.CompleteAsync().ConfigureAwait(false);
        turn.Release();
    }

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync().ConfigureAwait(false);
        await Input.CompleteAsync().ConfigureAwait(false);
        await Finish().ConfigureAwait(false);
        await sending.Reader.CompleteAsync().ConfigureAwait(false);
    }

    private ValueTask<FlushResult> Flush(CancellationToken stop)
    {
        Volatile.Write(ref sentAt, time.GetTimestamp());
        return sending.Writer.FlushAsync(stop);
    }

    // A mobile network stalls for longer than the few seconds that suit a field bus: the keep-alive time decides.
    private static void BePatient(Socket socket, TimeSpan silence)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var timeout = (int)silence.TotalMilliseconds;
        socket.SetRawSocketOption(IpProtocolTcp, TcpUserTimeout, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(ref timeout)));
    }
}
