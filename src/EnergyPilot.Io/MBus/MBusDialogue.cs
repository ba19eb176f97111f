namespace EnergyPilot.Io.MBus;

/// <summary>One meter's telegrams, asked for one after the other with a toggling frame count bit, until it has no more to say.</summary>
internal sealed class MBusDialogue(MBusWire wire, MBusAddress meter)
{
    // CI field and identity go before the access number, which counts repetitions.
    private const int AccessNumberAt = 9;

    private byte[] previous = [];

    /// <summary>C field of the next request to this meter.</summary>
    public byte NextCount { get; private set; }

    /// <summary>The meter said everything: its next request begins anew.</summary>
    public bool IsComplete { get; private set; }

    public async ValueTask<MBusReading> Read(byte control, int attempts)
    {
        MBusTelegram? whole = null;
        NextCount = control;
        for (var n = 0; n < MBusMaster.MaxTelegrams; n++)
        {
            var fault = await wire.AskShort(NextCount, meter.Link, MBusWire.Wanted.Response, attempts).ConfigureAwait(false);
            if (fault != MBusFault.None)
                return MBusReading.Failed(fault);

            NextCount ^= MBusControl.FrameCount;
            var (part, trouble) = Understand();
            if (part is null || trouble != MBusFault.None)
                return new MBusReading(trouble, part);
            // A meter that ignores the bit says the same again and again.
            if (IsRepetition())
                break;
            whole = whole is null ? part : whole with { Records = [.. whole.Records, .. part.Records], MoreFollow = part.MoreFollow };
            IsComplete = !part.MoreFollow;
            if (IsComplete)
                break;
            previous = wire.Answer.ToArray();
        }

        return new MBusReading(MBusFault.None, whole);
    }

    private (MBusTelegram? Telegram, MBusFault Fault) Understand()
    {
        var application = wire.Answer.Span;
        if (application[0] == MBusCi.Error)
            return (null, MBusFault.DeviceError);
        if (!MBusTelegram.TryParse(application, out var telegram))
            return (null, MBusFault.BadTelegram);
        if (meter.Identity is { } selection && telegram.Header.Identity is { } identity && !IsSelected(selection, identity, application[0]))
            return (null, MBusFault.WrongMeter);
        return (telegram, telegram.Encryption == MBusEncryption.None ? MBusFault.None : MBusFault.Encrypted);
    }

    // The fixed structure holds the number only.
    private static bool IsSelected(MBusIdentity selection, MBusIdentity meter, byte ci) =>
        (ci & 0xFB) == MBusCi.Fixed ? MBusIdentity.ByNumber(selection.Number).Selects(meter) : selection.Selects(meter);

    private bool IsRepetition()
    {
        var now = wire.Answer.Span;
        return now.Length == previous.Length && now.Length > AccessNumberAt
            && now[..AccessNumberAt].SequenceEqual(previous.AsSpan(0, AccessNumberAt))
            && now[(AccessNumberAt + 1)..].SequenceEqual(previous.AsSpan(AccessNumberAt + 1));
    }
}
