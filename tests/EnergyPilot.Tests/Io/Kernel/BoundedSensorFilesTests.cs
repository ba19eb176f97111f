using EnergyPilot.Io.Kernel;

namespace EnergyPilot.Tests.Io.Kernel;

public sealed class BoundedSensorFilesTests : IDisposable
{
    // Long enough for a thread of a busy machine to answer, short enough to be waited for in a test.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly HangingFiles driver = new();
    private readonly BoundedSensorFiles files;
    private readonly byte[] buffer = new byte[16];

    public BoundedSensorFilesTests() => files = new BoundedSensorFiles(driver, Limit);

    public void Dispose() => driver.Release();

    [Fact]
    public void Hanging_file_delays_the_others_once()
    {
        driver.Hang("broken");

        files.TryRead("broken", buffer, out _).ShouldBeFalse();
        files.TryRead("good", buffer, out var length).ShouldBeTrue();

        buffer[..length].ShouldBe("good"u8.ToArray());
        files.TryRead("broken", buffer, out _).ShouldBeFalse();
        driver.Asked("broken").ShouldBe(1, "a file that hangs is not asked again");
    }

    [Fact]
    public void Late_answer_is_never_taken_for_the_next()
    {
        driver.Hang("late");
        files.TryRead("late", buffer, out _).ShouldBeFalse();
        driver.Release();

        for (var i = 0; i < 20; i++)
        {
            files.TryRead("next", buffer, out var length).ShouldBeTrue();
            buffer[..length].ShouldBe("next"u8.ToArray());
        }

        SpinWait.SpinUntil(() => files.TryRead("late", buffer, out _), TimeSpan.FromSeconds(30)).ShouldBeTrue("it is asked again when it has come back");
    }

    [Fact]
    public void Bus_that_hangs_as_a_whole_takes_only_a_few_threads()
    {
        foreach (var path in (string[])["1", "2", "3", "4", "5", "6"])
        {
            driver.Hang(path);
            files.TryRead(path, buffer, out _).ShouldBeFalse();
        }

        driver.Asked("4").ShouldBe(1);
        driver.Asked("5").ShouldBe(0);
    }

    [Fact]
    public void Mistake_of_configuration_reaches_whoever_asked() =>
        Should.Throw<ArgumentException>(() => new BoundedSensorFiles(new MemorySensorFiles(), TimeSpan.FromSeconds(30)).TryRead("../x", buffer, out _));

    [Fact]
    public void Commands_are_passed_on()
    {
        var memory = new MemorySensorFiles();
        memory.Write("trigger", 0);
        var bounded = new BoundedSensorFiles(memory, TimeSpan.FromSeconds(30));

        bounded.TryWrite("trigger", "12\n"u8).ShouldBeTrue();
        bounded.TryWrite("missing", "12\n"u8).ShouldBeFalse();

        KernelSensor.Number(bounded, "trigger").Value.ShouldBe(12);
    }

    /// <summary>A driver whose files contain their names, when it comes back.</summary>
    private sealed class HangingFiles : ISensorFiles
    {
        private readonly object gate = new();
        private readonly HashSet<string> hanging = [];
        private readonly List<string> asked = [];

        public void Hang(string path)
        {
            lock (gate) hanging.Add(path);
        }

        public void Release()
        {
            lock (gate)
            {
                hanging.Clear();
                Monitor.PulseAll(gate);
            }
        }

        public int Asked(string path)
        {
            lock (gate) return asked.Count(p => p == path);
        }

        public bool TryRead(string path, Span<byte> buffer, out int length)
        {
            lock (gate)
            {
                asked.Add(path);
                while (hanging.Contains(path)) Monitor.Wait(gate);
            }

            length = System.Text.Encoding.ASCII.GetBytes(path, buffer);
            return true;
        }

        public bool TryWrite(string path, ReadOnlySpan<byte> command) => true;

        public IReadOnlyList<string> List(string folder) => [];
    }
}
