using System.Collections.Immutable;
using System.Globalization;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Io.MBus;
using EnergyPilot.Io.Tracing;

namespace EnergyPilot.Gateway.Field;

/// <summary>
/// Meters on an M-Bus. A meter says all it knows in one answer, so it is read as often as its most wanted point asks for.
/// After three silences in a row a meter is left alone for ten minutes: each costs the line seconds, and waking batteries costs years.
/// </summary>
/// <param name="wireTime">The clock of the wire: always the real one, also when simulated time runs faster.</param>
internal sealed class MBusBus(Bus bus, IEnumerable<Device> devices, MBusMaster master, ProcessImage image, TimeProvider wireTime) : IFieldBus
{
    private const int SilencesBeforePause = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    private readonly PollClock clock = new(bus.Interval);
    private readonly ImmutableArray<Meter> meters = [.. devices.Select(d => new Meter(d))];

    public Bus Bus => bus;

    public FrameTrace? Trace { get; init; }

    public ImmutableArray<LineTrouble> Troubles { get; private set; } = [];

    public ImmutableDictionary<string, DeviceCounters> Counters { get; } = devices.ToImmutableDictionary(d => d.Id, _ => new DeviceCounters());

    public async ValueTask Poll(DateTimeOffset at, CancellationToken stop)
    {
        for (var poll = PollClass.Fast; poll <= PollClass.Once; poll++)
        {
            if (!clock.IsDue(poll, at)) continue;
            foreach (var meter in meters)
                if (meter.Poll == poll && !meter.Rests(at)) await Read(meter, at, stop);
        }
    }

    // The master gives the line to one after the other: the polls wait for their turn, as they do for one another.
    public async ValueTask<Look> Look(Device device, ProcessImage other, DateTimeOffset at, CancellationToken stop)
    {
        var beside = new MBusBus(bus, [device], master, other, wireTime);
        var fault = await beside.Read(beside.meters[0], at, stop);
        return Field.Look.Asked(fault switch
        {
            MBusFault.Disconnected => beside.Troubles,
            MBusFault.Garbled or MBusFault.BadTelegram => [new(LineFault.MeterGarbled, "The answer is damaged.")],
            MBusFault.WrongMeter => [new(LineFault.OtherMeter, "Another meter answered.", Fact.Of("wanted", device.Address))],
            MBusFault.Encrypted => [new(LineFault.MeterEncrypted, "The answer is encrypted.")],
            MBusFault.NoData or MBusFault.DeviceError => [new(LineFault.MeterNoData, "The meter is there but has no data.")],
            _ => [],
        });
    }

    public ValueTask<WriteResult> Write(Point point, double value, CancellationToken stop) => ValueTask.FromResult(WriteResult.Failed);

    public ValueTask DisposeAsync() => master.DisposeAsync();

    private async ValueTask<MBusFault> Read(Meter meter, DateTimeOffset at, CancellationToken stop)
    {
        var asked = wireTime.GetTimestamp();
        var reading = await master.Read(meter.Address, meter.Device.Deadline, stop);
        meter.Note(reading.Fault, at);
        if (reading.Fault == MBusFault.None) Troubles = [];
        else if (reading.Fault == MBusFault.Disconnected) Troubles = [new(LineFault.LineLost, "The line cannot be opened, or was lost.")];
        if (reading is { Fault: MBusFault.None, Telegram: { } telegram })
        {
            Counters[meter.Device.Id].Good(at, wireTime.GetElapsedTime(asked));
            foreach (var point in meter.Device.Points) Take(point, telegram, at);
            return reading.Fault;
        }

        Counters[meter.Device.Id].Failed(Kind(reading.Fault));
        var verdict = reading.Fault switch
        {
            MBusFault.DeviceError or MBusFault.NoData => Reliability.ProcessError,
            MBusFault.Encrypted or MBusFault.BadTelegram => Reliability.ConfigurationError,
            _ => Reliability.NoFaultDetected,
        };
        if (verdict != Reliability.NoFaultDetected)
            foreach (var point in meter.Device.Points) image.Put(point.Id, Reading.Unreliable(verdict, at));
        return reading.Fault;
    }

    // A record that the meter does not have is a mistake of the device file, or of the choice of it.
    private void Take(Point point, MBusTelegram telegram, DateTimeOffset at)
    {
        var where = (RecordSelector)point.Type.Where;
        foreach (var record in telegram.Records)
        {
            if (!IsMeant(where, record)) continue;
            if (!record.IsGood)
                image.Put(point.Id, Reading.Unreliable(Reliability.ProcessError, at));
            else
                image.Put(point, MBusUnits.ToCanonical(record, point.Type.Quantity) * point.Factor, at);
            return;
        }

        image.Put(point.Id, Reading.Unreliable(Reliability.ConfigurationError, at));
    }

    // Some heat meters have their index only as the sum of what went forward (VIFE 3Bh): that is the heat, without what ran back.
    internal static bool IsMeant(RecordSelector where, in MBusRecord record) =>
        record.Quantity == MBusUnits.QuantityOf(where.Record) && record.Function == (MBusFunction)where.Function
        && record.Storage == where.Storage && record.Tariff == where.Tariff && record.Subunit == where.Subunit
        && record.Modifiers is (MBusModifiers.None or MBusModifiers.PositiveOnly);

    private static Trouble Kind(MBusFault fault) => fault switch
    {
        MBusFault.Timeout => Trouble.Timeout,
        MBusFault.Disconnected => Trouble.Disconnected,
        MBusFault.Garbled => Trouble.Checksum,
        MBusFault.WrongMeter => Trouble.Foreign,
        MBusFault.DeviceError or MBusFault.NoData => Trouble.Exception,
        _ => Trouble.Meaning,
    };

    /// <summary>A meter, and how it has answered lately.</summary>
    private sealed class Meter(Device device)
    {
        private int silences;
        private DateTimeOffset asked;

        public Device Device => device;

        public MBusAddress Address { get; } = MBusUnits.AddressOf(device.Address);

        public PollClass Poll { get; } = device.Points.Min(p => p.Type.Poll);

        public bool Rests(DateTimeOffset at) => silences >= SilencesBeforePause && at - asked < Pause && at >= asked;

        public void Note(MBusFault fault, DateTimeOffset at) => (silences, asked) = (fault == MBusFault.Timeout ? silences + 1 : 0, at);
    }
}
