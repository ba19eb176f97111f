using EnergyPilot.Io.Modbus;
using EnergyPilot.Io.Tracing;

namespace EnergyPilot.Tests.Io.Tracing;

/// <summary>tcpdump reads our captures: lengths, checksums and sequence numbers are right when it complains about none.</summary>
public sealed class PcapTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tcpdump_finds_right_checksums_and_a_whole_conversation()
    {
        var tcpdump = Peers.Need("tcpdump", "tcpdump");
        var at = new DateTimeOffset(2026, 1, 12, 6, 30, 0, 250, TimeSpan.Zero);
        var request = new byte[12];
        ModbusTcpFrame.Encode(7, 5, [4, 0, 0x34, 0, 2], request);
        var answer = new byte[13];
        ModbusTcpFrame.Encode(7, 5, [4, 4, 1, 2, 3, 4], answer);
        var file = Path.GetTempFileName();
        try
        {
            await using (var to = File.Create(file))
                TcpPcapWriter.Write(to, TcpPcapWriter.ModbusPort,
                [
                    new(at, FrameDirection.Sent, request), new(at.AddMilliseconds(20), FrameDirection.Received, answer),
                    new(at.AddSeconds(1), FrameDirection.Sent, request),
                ]);
            await using var peer = PeerProcess.Start(tcpdump, "-r", file, "-n", "-vv", "-S", "-tt");

            var said = await peer.Output(Stop);

            said.ShouldNotContain("bad cksum");
            said.ShouldNotContain("incorrect");
            said.ShouldContain("192.0.2.1.49152 > 192.0.2.2.502: Flags [P.], cksum");
            said.ShouldContain("(correct), seq 1:13, ack 1,");
            said.ShouldContain("(correct), seq 1:14, ack 13,");
            said.ShouldContain("(correct), seq 13:25, ack 14,");
            said.ShouldContain($"{at.ToUnixTimeSeconds()}.250000");
        }
        finally
        {
            File.Delete(file);
        }
    }
}
