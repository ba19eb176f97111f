using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Gateway.Hosting;

public sealed class ServiceNoticeTests
{
    [Theory(Timeout = Patience.Hang)]
    [InlineData("file"), InlineData("abstract")]
    public async Task Supervisor_hears_what_sd_notify_would_tell_it(string space)
    {
        var folder = Directory.CreateTempSubdirectory("energypilot-notice-").FullName;
        var path = Path.Combine(folder, "notify");
        using var supervisor = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        supervisor.Bind(new UnixDomainSocketEndPoint(space == "file" ? path : '\0' + path));
        using var notice = new ServiceNotice(space == "file" ? path : '@' + path);

        notice.Ready();
        notice.Alive();
        notice.Stopping();

        var heard = new List<string>();
        var room = new byte[100];
        for (var n = 0; n < 3; n++) heard.Add(Encoding.ASCII.GetString(room, 0, await supervisor.ReceiveAsync(room, TestContext.Current.CancellationToken)));
        heard.ShouldBe(["READY=1", "WATCHDOG=1", "STOPPING=1"]);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(""), InlineData("@"), InlineData("nonsense"), InlineData("/nowhere/notify")]
    public void Where_nobody_listens_nothing_happens(string address)
    {
        using var notice = new ServiceNotice(address);
        notice.Ready();
        notice.Alive();
    }

    [Fact]
    public void Unit_is_one_that_systemd_understands_and_finds_well_closed()
    {
        var systemd = Peers.Need("systemd-analyze", "systemd");
        var folder = Directory.CreateTempSubdirectory("energypilot-unit-").FullName;
        var unit = Path.Combine(folder, "energypilot.service");
        // Of the program only the name is known here.
        File.WriteAllText(unit, File.ReadAllText(Path.Combine(SchoolFiles.Root, "config/systemd/energypilot.service")).Replace("/usr/bin/dotnet", "/bin/true", StringComparison.Ordinal));

        var (verified, said) = Run(systemd, "verify", "--man=no", unit);
        // An older systemd does not know every key of a newer one, and a newer one warns of some: neither is a fault of the unit.
        var faults = said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line =>
            !line.Contains("Unknown key", StringComparison.OrdinalIgnoreCase) && !line.Contains("deprecated", StringComparison.OrdinalIgnoreCase));
        (verified, string.Join('\n', faults)).ShouldBe((0, ""));
        var (closed, exposure) = Run(systemd, "security", "--offline=yes", "--threshold=30", unit);
        closed.ShouldBe(0, exposure);
        Directory.Delete(folder, recursive: true);
    }

    private static (int ExitCode, string Said) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }).ShouldNotBeNull();
        var error = process.StandardError.ReadToEndAsync();
        var said = process.StandardOutput.ReadToEnd() + error.GetAwaiter().GetResult();
        process.WaitForExit();
        return (process.ExitCode, said);
    }
}
