using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using EnergyPilot.Io.Gpio;

namespace EnergyPilot.Tests.Io.Gpio;

public sealed class PulseFileTests : IDisposable
{
    private const string PathVariable = "ENERGYPILOT_TEST_PULSE_FILE";
    private const string Gas = "meter-gas.volume", Water = "meter-water.volume";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("energypilot-pulses");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Counts_come_back_each_to_its_meter()
    {
        using (var file = PulseFile.Open(At("a")))
        {
            file.Set(Gas, 482_134);
            file.Set(Water, 7);
            file.Write();
            file.Sync();
        }

        using var again = PulseFile.Open(At("a"));
        again.Count(Gas).ShouldBe(482_134);
        again.Count(Water).ShouldBe(7);
        again.Count("meter-new.volume").ShouldBe(0);
    }

    [Fact]
    public void Wherever_a_write_is_torn_the_count_is_the_old_or_the_new_one()
    {
        var (before, after) = TwoWrites();

        // From the front, and from the back: a card writes in any order. Most tears leave the same bytes: each is opened once.
        var left = new Dictionary<string, byte[]>();
        for (var torn = 0; torn <= before.Length; torn++)
            foreach (var bytes in (byte[][])[[.. after[..torn], .. before[torn..]], [.. before[..torn], .. after[torn..]]])
                left.TryAdd(Convert.ToHexString(SHA256.HashData(bytes)), bytes);

        left.Count.ShouldBeGreaterThan(50);
        foreach (var bytes in left.Values) Read(bytes).ShouldBeOneOf(100, 101);
        left.Values.Count(bytes => Read(bytes) == 101).ShouldBe(1, "only what is whole counts");
    }

    [Fact]
    public void Any_bit_that_flips_in_one_slot_leaves_the_other()
    {
        var (_, after) = TwoWrites();
        for (var at = 0; at < PulseFile.SlotBytes; at += 61)
            foreach (var slot in (int[])[0, PulseFile.SlotBytes])
            {
                var damaged = after.ToArray();
                damaged[slot + at] ^= 0x10;
                Read(damaged).ShouldBeOneOf(100, 101);
            }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(8191)]
    [InlineData(100_000)]
    public void What_is_no_such_file_counts_nothing_and_is_written_over(int length)
    {
        var garbage = new byte[length];
        new Random(1).NextBytes(garbage);
        File.WriteAllBytes(At("garbage"), garbage);
        using (var file = PulseFile.Open(At("garbage")))
        {
            file.Count(Gas).ShouldBe(0);
            file.Set(Gas, 5);
            file.Write();
            file.Sync();
        }

        Read(File.ReadAllBytes(At("garbage"))).ShouldBe(5);
    }

    [Fact]
    public void Slot_that_is_on_the_card_is_not_touched_before_the_other_is()
    {
        for (var boot = 0; boot < 4; boot++)
        {
            using var file = PulseFile.Open(At("a"));
            file.Set(Gas, 100 * boot + 1);
            file.Write();
            file.Sync();
            var durable = Bytes("a");
            for (var count = 2; count < 10; count++)
            {
                file.Set(Gas, 100 * boot + count);
                file.Write();
                var now = Bytes("a");
                Enumerable.Range(0, 2).Count(slot => Slot(now, slot).SequenceEqual(Slot(durable, slot)) && Read([.. Slot(now, slot), .. Slot(now, slot)]) == 100 * boot + 1).ShouldBe(1);
            }
        }
    }

    [Fact]
    public async Task Whenever_it_is_killed_what_was_written_is_there_and_nothing_more()
    {
        var random = new Random(42);
        var count = 0L;
        for (var round = 0; round < 5; round++)
        {
            var written = await CountUntilKilled(At("killed"), random.Next(1, 200), random.Next(20_000));
            using var file = PulseFile.Open(At("killed"));
            file.Count(Gas).ShouldBeInRange(written, written + 1, "the last one may have been written and not been said");
            file.Count(Gas).ShouldBeGreaterThan(count);
            count = file.Count(Gas);
        }
    }

    /// <summary>The other process: this same assembly, which counts instead of testing when it is told a file.</summary>
    [ModuleInitializer]
    internal static void CountWhenAsked()
    {
        if (Environment.GetEnvironmentVariable(PathVariable) is not { Length: > 0 } path) return;

        using var file = PulseFile.Open(path);
        while (true)
        {
            file.Set(Gas, file.Count(Gas) + 1);
            file.Write();
            if (file.Count(Gas) % 3 == 0) file.Sync();
            Console.WriteLine(file.Count(Gas));
        }
    }

    private static async Task<long> CountUntilKilled(string path, int afterLines, int spins)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(PulseFileTests).Assembly.Location]) { RedirectStandardOutput = true, Environment = { [PathVariable] = path } };
        using var counter = Process.Start(start) ?? throw new InvalidOperationException("No process.");
        var said = 0L;
        try
        {
            for (var line = 0; line < afterLines; line++) said = Number(await counter.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
            Thread.SpinWait(spins);
        }
        finally
        {
            counter.Kill();
        }

        var rest = await counter.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await counter.WaitForExitAsync(TestContext.Current.CancellationToken);
        return rest.Split('\n')[..^1].Select(Number).Append(said).Max();
    }

    private static long Number(string? line) => long.Parse(line ?? throw new InvalidOperationException("The counter ended by itself."), CultureInfo.InvariantCulture);

    // The second after a restart, which must know which of the slots is the one to keep.
    private (byte[] Before, byte[] After) TwoWrites()
    {
        using (var file = PulseFile.Open(At("two")))
        {
            file.Set(Gas, 100);
            file.Write();
            file.Sync();
        }

        var before = Bytes("two");
        using var again = PulseFile.Open(At("two"));
        again.Set(Gas, 101);
        again.Write();
        return (before, Bytes("two"));
    }

    private long Read(byte[] bytes)
    {
        File.WriteAllBytes(At("copy"), bytes);
        using var file = PulseFile.Open(At("copy"));
        return file.Count(Gas);
    }

    private static byte[] Slot(byte[] bytes, int slot) => bytes[(slot * PulseFile.SlotBytes)..((slot + 1) * PulseFile.SlotBytes)];

    private byte[] Bytes(string name) => PulseFileBytes.Of(At(name));

    private string At(string name) => Path.Combine(folder.FullName, name);
}

/// <summary>The bytes of a file that somebody holds open.</summary>
internal static class PulseFileBytes
{
    public static byte[] Of(string path)
    {
        using var reader = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[reader.Length];
        reader.ReadExactly(bytes);
        return bytes;
    }
}
