using System.Runtime.CompilerServices;

namespace EnergyPilot.Io.MBus;

/// <summary>
/// Finds the meters of a line. The search by identity asks with wildcards and narrows where several answer:
/// their answers overlay each other, so that no frame is correct. Source: EN 13757-3, wildcard search.
/// Between two steps others may use the line.
/// </summary>
internal sealed class MBusScan(MBusWire wire)
{
    private const int Digits = 8;

    // Silence is believed at once by a scan; the search asks twice, for it would miss a tenth of everything.
    private const int ScanAttempts = 1;
    private const int SearchAttempts = 2;

    // For the turn behind other users of the line: a step itself is bounded by the line's times.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    public async IAsyncEnumerable<MBusScanStep> Primary(byte first, byte last, [EnumeratorCancellation] CancellationToken stop)
    {
        for (var address = (int)first; address <= last; address++)
        {
            var meter = MBusAddress.Primary(address);
            var (outcome, header) = await wire.Converse(() => AskPrimary(meter), Lost, Deadline, stop).ConfigureAwait(false);
            yield return new MBusScanStep(meter, outcome, header, (address - first + 1) / (last - first + 1.0));
            if (outcome == MBusScanOutcome.LineLost)
                yield break;
        }
    }

    public async IAsyncEnumerable<MBusScanStep> Secondary([EnumeratorCancellation] CancellationToken stop)
    {
        var open = new Stack<(uint Number, int Known)>([(MBusIdentity.AnyNumber, 0)]);
        var done = 0.0;
        while (open.TryPop(out var mask))
        {
            var selection = MBusIdentity.ByNumber(mask.Number);
            var (outcome, header) = await wire.Converse(() => AskSelected(selection), Lost, Deadline, stop).ConfigureAwait(false);
            if (outcome == MBusScanOutcome.Collision && mask.Known < Digits)
                Narrow(mask, open);
            else
                done += Math.Pow(10, -mask.Known);
            yield return new MBusScanStep(MBusAddress.Secondary(selection), outcome, header, open.Count == 0 ? 1 : Math.Min(done, 1));
            if (outcome == MBusScanOutcome.LineLost)
                yield break;
        }
    }

    private static void Narrow((uint Number, int Known) mask, Stack<(uint Number, int Known)> open)
    {
        var shift = 4 * (Digits - 1 - mask.Known);
        for (var digit = 9; digit >= 0; digit--)
            open.Push((mask.Number & ~(0xFu << shift) | (uint)digit << shift, mask.Known + 1));
    }

    private async ValueTask<(MBusScanOutcome Outcome, MBusHeader? Header)> AskPrimary(MBusAddress meter)
    {
        var fault = await wire.AskShort(MBusControl.Reset, meter.Link, MBusWire.Wanted.Acknowledge, ScanAttempts).ConfigureAwait(false);
        return fault == MBusFault.None ? await WhoIsThere(meter.Link).ConfigureAwait(false) : (OutcomeOf(fault), null);
    }

    private async ValueTask<(MBusScanOutcome Outcome, MBusHeader? Header)> AskSelected(MBusIdentity selection)
    {
        var fault = await MBusSelection.Select(wire, selection, SearchAttempts).ConfigureAwait(false);
        if (fault != MBusFault.None)
            return (OutcomeOf(fault), null);
        var (outcome, header) = await WhoIsThere(MBusControl.SelectedAddress).ConfigureAwait(false);

        // Who acknowledges its selection but does not say who it is, must be asked for more narrowly.
        return outcome == MBusScanOutcome.Meter && header?.Identity is { } meter && selection.Selects(meter)
            ? (outcome, header)
            : (MBusScanOutcome.Collision, null);
    }

    private async ValueTask<(MBusScanOutcome Outcome, MBusHeader? Header)> WhoIsThere(byte link)
    {
        const byte first = MBusControl.Request | MBusControl.FrameCount;
        var fault = await wire.AskShort(first, link, MBusWire.Wanted.Response, SearchAttempts).ConfigureAwait(false);
        if (fault == MBusFault.Garbled)
            return (MBusScanOutcome.Collision, null);
        return (MBusScanOutcome.Meter, fault == MBusFault.None && MBusTelegram.TryParse(wire.Answer.Span, out var telegram) ? telegram.Header : null);
    }

    private static MBusScanOutcome OutcomeOf(MBusFault fault) => fault == MBusFault.Timeout ? MBusScanOutcome.Silence : MBusScanOutcome.Collision;

    private static (MBusScanOutcome Outcome, MBusHeader? Header) Lost(MBusFault fault) => (MBusScanOutcome.LineLost, null);
}
