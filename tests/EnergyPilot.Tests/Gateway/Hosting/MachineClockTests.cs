using System.Diagnostics;
using EnergyPilot.Gateway.Hosting;

namespace EnergyPilot.Tests.Gateway.Hosting;

public sealed class MachineClockTests
{
    [Fact]
    public void Boot_is_the_kernels_own_name_of_this_run()
    {
        MachineClock.Boot().ShouldBe(File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim());
        Guid.TryParse(MachineClock.Boot(), out _).ShouldBeTrue();
    }

    // What the kernel says is asked a second way: Python knows the structure of adjtimex too, and its return value is the state of the clock.
    [Fact]
    public void Clock_is_synchronised_where_the_kernel_or_timesyncd_says_so()
    {
        var python = Peers.NeedPython("ctypes", "python3");
        using var process = Process.Start(new ProcessStartInfo(python, ["-c", "import ctypes; b = ctypes.create_string_buffer(1024); print(ctypes.CDLL(None).adjtimex(b))"]) { RedirectStandardOutput = true }).ShouldNotBeNull();
        var state = int.Parse(process.StandardOutput.ReadToEnd(), System.Globalization.CultureInfo.InvariantCulture);

        MachineClock.IsSynchronised().ShouldBe(File.Exists("/run/systemd/timesync/synchronized") || state is >= 0 and not 5);
    }

    [Fact]
    public void Looking_at_it_costs_no_memory()
    {
        MachineClock.IsSynchronised();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var n = 0; n < 100; n++) MachineClock.IsSynchronised();

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100 * 1000, "it is asked in every cycle");
    }
}
