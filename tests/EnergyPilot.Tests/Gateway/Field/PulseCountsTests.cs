using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Io.Gpio;
using EnergyPilot.Tests.Core.Sites;
using EnergyPilot.Tests.Io.Gpio;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Tests.Gateway.Field;

public sealed class PulseCountsTests : IDisposable
{
    private const int Sector = 512;
    private static readonly PointType Pulses = new("volume", Quantity.Volume, Access.Read, new ValueRange(0, 1e12), PollClass.Fast, Accumulation.Cumulative, double.NaN, new LineSelector(LineUse.Pulse));
    private static readonly Point Meter = new(new PointId("gas.volume"), Pulses, 0.1, Wiring.NormallyOpen, TimeSpan.FromHours(1));
    private static readonly Bus Chip = new("gpio", Protocol.Gpio, "/dev/gpiochip0", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

    private static readonly Site Site = SchoolFiles.DemoSite;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("energypilot-counts");

    private enum Step { Pulse, Glitch, Poll, Stop, Kill, PowerCut }

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(0, 700, 700)]
    [InlineData(900, 700, 900)]
    public void File_that_is_lost_or_older_than_the_history_sets_nothing_back(long kept, long stored, long count)
    {
        using (var before = new PulseCounts(folder.FullName, _ => 0, NullLogger.Instance))
            before.Take(Meter, kept);

        using var after = new PulseCounts(folder.FullName, _ => stored, NullLogger.Instance);

        after.Of(Meter).ShouldBe(count);
    }

    [Fact]
    public void Pulse_that_is_worth_more_now_does_not_multiply_the_past()
    {
        using (var before = new PulseCounts(folder.FullName, _ => 0, NullLogger.Instance))
            before.Take(Meter with { Factor = 0.01 }, 5_000);

        using var after = new PulseCounts(folder.FullName, meter => (long)(50 / meter.Factor), NullLogger.Instance);

        (after.Of(Meter) * Meter.Factor).ShouldBe(50, 1e-9);
    }

    [Fact]
    public void Folder_that_cannot_be_written_keeps_nobody_from_counting()
    {
        using var counts = new PulseCounts(Path.Combine(folder.FullName, "missing"), _ => 12, NullLogger.Instance);
        counts.Take(Meter, 13);
        counts.Keep(DateTimeOffset.UnixEpoch);

        counts.Of(Meter).ShouldBe(12);
    }

    [Fact]
    public void Whatever_happens_no_pulse_counts_twice_and_only_the_last_seconds_are_lost()
    {
        var steps = Gen.Frequency([
            (6, Gen.Constant(Step.Pulse)), (1, Gen.Constant(Step.Glitch)), (6, Gen.Constant(Step.Poll)),
            (1, Gen.Constant(Step.Stop)), (1, Gen.Constant(Step.Kill)), (1, Gen.Constant(Step.PowerCut))]);
        var runs = 0;
        Prop.ForAll(steps.ArrayOf().ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (course, seed) =>
        {
            var life = new Life(Path.Combine(folder.FullName, $"{++runs}"), new Random(seed));
            foreach (var step in course) life.Do(step);
            life.Do(Step.Stop);
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>A meter that pulses, and a gateway that counts and meets with accidents.</summary>
    private sealed class Life
    {
        private readonly string root;
        private readonly Random random;
        private readonly ManualTime time = new();
        private VirtualGpioBoard board;
        private PulseCounts counts;
        private GpioBus bus;
        private ProcessImage image = new(Site);
        private long truth, polled, durable;
        private byte[] onCard = [];
        private DateTimeOffset synced = DateTimeOffset.MinValue;
        private int boot;

        public Life(string root, Random random)
        {
            (this.root, this.random) = (root, random);
            (board, counts, bus) = Boot([]);
            Poll();
        }

        private string Folder => Path.Combine(root, $"{boot}");

        public void Do(Step step)
        {
            switch (step)
            {
                case Step.Pulse:
                    var pulses = random.Next(1, 5);
                    time.Advance(TimeSpan.FromSeconds(1));
                    board.Pulse(0, pulses);
                    truth += pulses;
                    break;
                case Step.Glitch:
                    // A contact that bounces, shorter than it is waited for.
                    board.Drive(0, GpioVoltage.Low);
                    time.Advance(TimeSpan.FromMilliseconds(random.Next(1, 20)));
                    board.Drive(0, GpioVoltage.High);
                    time.Advance(TimeSpan.FromMilliseconds(50));
                    break;
                case Step.Poll:
                    time.Advance(TimeSpan.FromSeconds(2));
                    Poll();
                    break;
                case Step.Stop:
                    Poll();
                    counts.Dispose();
                    Restart(Bytes(), truth);
                    break;
                case Step.Kill:
                    Restart(Bytes(), polled);
                    break;
                default:
                    Restart(Torn(onCard, Bytes()), durable);
                    break;
            }
        }

        private void Poll()
        {
            bus.Poll(time.GetUtcNow(), CancellationToken.None).AsTask().IsCompletedSuccessfully.ShouldBeTrue();
            Count().ShouldBe(truth, "as long as it runs it counts every pulse once");
            polled = truth;
            if (truth == durable || time.GetUtcNow() - synced < PulseCounts.SyncEvery) return;
            (synced, durable, onCard) = (time.GetUtcNow(), truth, Bytes());
        }

        private void Restart(byte[] left, long least)
        {
            counts.Dispose();
            boot++;
            image = new ProcessImage(Site);
            (board, counts, bus) = Boot(left);
            bus.Poll(time.GetUtcNow(), CancellationToken.None).AsTask().IsCompletedSuccessfully.ShouldBeTrue();
            Count().ShouldBeInRange(least, truth);
            (truth, polled, durable) = (Count(), Count(), Count());
            (onCard, synced) = (left, DateTimeOffset.MinValue);
        }

        private (VirtualGpioBoard, PulseCounts, GpioBus) Boot(byte[] left)
        {
            Directory.CreateDirectory(Folder);
            if (left.Length > 0) File.WriteAllBytes(Path.Combine(Folder, PulseCounts.FileName), left);
            var chip = new VirtualGpioBoard(1, time);
            var kept = new PulseCounts(Folder, _ => 0, NullLogger.Instance);
            var model = new DeviceType("pulse", "any", "any", "Pulses", Protocol.Gpio, [Pulses], []);
            return (chip, kept, new GpioBus(Chip, [new Device("gas", "Gas", model, Chip, "0", [Meter])], () => chip, image, kept, NullLogger.Instance));
        }

        private long Count() => (long)Math.Round(image.Freeze(time.GetUtcNow(), []).Of(Meter.Id).Value / Meter.Factor);

        private byte[] Bytes() => PulseFileBytes.Of(Path.Combine(Folder, PulseCounts.FileName));

        // What was not synced has reached the card in part, in any order; the sector that was being written is neither old nor new.
        private byte[] Torn(byte[] old, byte[] now)
        {
            var left = now.ToArray();
            for (var at = 0; at < left.Length; at += Sector)
            {
                var (from, to) = (at, Math.Min(at + Sector, left.Length));
                var isSame = old.Length >= to && old.AsSpan(from, to - from).SequenceEqual(now.AsSpan(from, to - from));
                if (isSame || random.Next(2) == 0) continue;
                if (old.Length >= to) old.AsSpan(from, to - from).CopyTo(left.AsSpan(from));
                if (random.Next(4) == 0) random.NextBytes(left.AsSpan(from, to - from));
            }

            return left;
        }
    }
}
