using System.Buffers;
using System.Net;
using System.Net.Sockets;
using EnergyPilot.Io.Mqtt;

namespace EnergyPilot.Tests.Io.Mqtt;

/// <summary>A port on which a test plays the server, byte by byte.</summary>
internal sealed class FakeBroker : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public FakeBroker() => listener.Start();

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public async Task<Line> Accept(CancellationToken stop) => new(await listener.AcceptTcpClientAsync(stop));

    /// <summary>Accepts, reads CONNECT and answers with these bytes.</summary>
    public async Task<Line> Greet(string connack, CancellationToken stop)
    {
        var line = await Accept(stop);
        (await line.Next(stop)).ShouldStartWith("10");
        await line.Say(connack, stop);
        return line;
    }

    public void Dispose() => listener.Dispose();

    /// <summary>One connection; packets are hexadecimal digits.</summary>
    internal sealed class Line(TcpClient client) : IDisposable
    {
        private readonly NetworkStream stream = client.GetStream();
        private byte[] received = [];

        public async Task Say(string hex, CancellationToken stop) =>
            await stream.WriteAsync(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)), stop);

        /// <summary>The next whole packet; empty when the client has closed.</summary>
        public async Task<string> Next(CancellationToken stop)
        {
            var more = new byte[64 * 1024];
            while (true)
            {
                var rest = new ReadOnlySequence<byte>(received);
                if (MqttFrame.TryTake(ref rest, 1 << 20, out _, out var fault))
                {
                    var packet = received[..(int)(received.Length - rest.Length)];
                    received = rest.ToArray();
                    return Convert.ToHexString(packet);
                }

                fault.ShouldBe(MqttMalformed.None);
                var read = await Read(more, stop);
                if (read == 0)
                    return "";
                received = [.. received, .. more[..read]];
            }
        }

        public void Dispose() => client.Dispose();

        private async Task<int> Read(byte[] into, CancellationToken stop)
        {
            try
            {
                return await stream.ReadAsync(into, stop);
            }
            catch (IOException)
            {
                return 0;
            }
        }
    }
}
