using System.Net.Sockets;
using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Io.MBus;

/// <summary>
/// Asks meters over a line: a serial port or a TCP converter. Calls may overlap; the line serves them one after the other.
/// Expected trouble comes back as a <see cref="MBusFault"/>; only cancellation through <c>stop</c> throws.
/// Source: EN 13757-2 (link layer), EN 13757-3 (selection, several telegrams).
/// </summary>
/// <param name="open">Opens the line; called again after it was lost.</param>
/// <param name="line">Its times.</param>
/// <param name="time">Clock of time-outs.</param>
public sealed class MBusMaster(Func<CancellationToken, ValueTask<Stream>> open, MBusLine line, TimeProvider time) : IAsyncDisposable
{
    /// <summary>A meter that always has more to say is heard so many times: 4 kB.</summary>
    public const int MaxTelegrams = 16;

    private const int Attempts = 3;

    private readonly MBusWire wire = new(open, line, time);

    // The next frame count bit per primary address; unknown at first and after failures.
    private readonly byte[] nextCount = new byte[MBusControl.BroadcastAddress];

    /// <summary>A line behind a TCP converter in raw mode.</summary>
    public static MBusMaster OverTcp(string host, int port, MBusLine line, TimeProvider time) =>
        new(async stop => new NetworkStream(await TcpConnection.Open(host, port, stop).ConfigureAwait(false), ownsSocket: true), line, time);

    /// <summary>Reads everything that a meter says, in as many telegrams as it takes.</summary>
    /// <param name="meter">By primary or secondary address.</param>
    /// <param name="deadline">Time for everything: the turn on the line, opening it, all telegrams and repetitions.</param>
    /// <param name="stop">Gives the reading up at once.</param>
    public ValueTask<MBusReading> Read(MBusAddress meter, TimeSpan deadline, CancellationToken stop) =>
        wire.Converse(() => InTurn(meter), MBusReading.Failed, deadline, stop);

    /// <summary>Tells a meter to forget the state of the link (SND_NKE).</summary>
    public ValueTask<MBusFault> Reset(MBusAddress meter, TimeSpan deadline, CancellationToken stop) =>
        wire.Converse(() => ResetInTurn(meter, Attempts), AsIs, deadline, stop);

    /// <summary>Tells a meter to begin again with its first telegram (application reset, CI 50h).</summary>
    public ValueTask<MBusFault> ResetApplication(MBusAddress meter, TimeSpan deadline, CancellationToken stop) =>
        Send(meter, new[] { MBusCi.ApplicationReset }, deadline, stop);

    /// <summary>Sends CI field and data (SND_UD), 1 to 253 bytes.</summary>
    public ValueTask<MBusFault> Send(MBusAddress meter, ReadOnlyMemory<byte> application, TimeSpan deadline, CancellationToken stop) =>
        wire.Converse(() => SendInTurn(meter, application), AsIs, deadline, stop);

    /// <summary>Asks every primary address from <paramref name="first"/> to <paramref name="last"/>; a step per address.</summary>
    public IAsyncEnumerable<MBusScanStep> Scan(byte first, byte last, CancellationToken stop) => new MBusScan(wire).Primary(first, last, stop);

    /// <summary>Searches all meters by their identity: where several answer at once, digit by digit; a step per question.</summary>
    public IAsyncEnumerable<MBusScanStep> Search(CancellationToken stop) => new MBusScan(wire).Secondary(stop);

    /// <summary>Closes the line.</summary>
    public ValueTask DisposeAsync() => wire.DisposeAsync();

    private async ValueTask<MBusReading> InTurn(MBusAddress meter)
    {
        // What an unfinished reading leaves behind is not known.
        var count = nextCount[meter.Link];
        nextCount[meter.Link] = 0;
        if (meter.Identity is not null || count == 0)
        {
            var fault = await Approach(meter).ConfigureAwait(false);
            if (fault != MBusFault.None)
                return MBusReading.Failed(fault);
            count = MBusControl.Request | MBusControl.FrameCount;
        }

        var dialogue = new MBusDialogue(wire, meter);
        var reading = await dialogue.Read(count, Attempts).ConfigureAwait(false);
        if (meter.Identity is null && dialogue.IsComplete)
            nextCount[meter.Link] = dialogue.NextCount;
        return reading;
    }

    /// <summary>Selects, or resets the link. A meter that ignores the reset may still answer a request.</summary>
    private async ValueTask<MBusFault> Approach(MBusAddress meter)
    {
        if (meter.Identity is { } identity)
            return await Select(identity, Attempts).ConfigureAwait(false);
        await ResetInTurn(meter, attempts: 1).ConfigureAwait(false);
        return MBusFault.None;
    }

    private async ValueTask<MBusFault> ResetInTurn(MBusAddress meter, int attempts)
    {
        if (meter.Identity is { } identity && await Select(identity, attempts).ConfigureAwait(false) is not MBusFault.None and var fault)
            return fault;
        nextCount[meter.Link] = 0;
        return await wire.AskShort(MBusControl.Reset, meter.Link, MBusWire.Wanted.Acknowledge, attempts).ConfigureAwait(false);
    }

    private async ValueTask<MBusFault> SendInTurn(MBusAddress meter, ReadOnlyMemory<byte> application)
    {
        if (meter.Identity is { } identity && await Select(identity, Attempts).ConfigureAwait(false) is not MBusFault.None and var fault)
            return fault;
        nextCount[meter.Link] = 0;
        return await wire.AskLong(meter.Link, application.Span, Attempts).ConfigureAwait(false);
    }

    private ValueTask<MBusFault> Select(MBusIdentity identity, int attempts) => MBusSelection.Select(wire, identity, attempts);

    private static MBusFault AsIs(MBusFault fault) => fault;
}
