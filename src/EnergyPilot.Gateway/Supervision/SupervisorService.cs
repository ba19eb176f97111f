using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Io.Modbus;

namespace EnergyPilot.Gateway.Supervision;

/// <summary>Serves the gateway's points to the supervisor of the building over Modbus TCP, where the site file says so. A port that is taken keeps nobody from heating: it is tried again.</summary>
internal sealed partial class SupervisorService(LiveSite school, LiveView view, Store store, TimeProvider time, ILogger<SupervisorService> log) : BackgroundService
{
    private const int MostConnections = 8;

    // Units that stand for the device itself on TCP (Modbus Messaging on TCP/IP Implementation Guide V1.0b, 4.4.2.2).
    private const byte Direct = 255, Anyone = 0;

    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!school.Site.Supervisor.IsOffered) return;
        var unit = new SupervisorUnit(school, view, new SupervisorWishes(school, store, time, log), time);
        var slave = new ModbusSlave(new Dictionary<byte, IModbusUnit> { [school.Site.Supervisor.Unit] = unit, [Direct] = unit, [Anyone] = unit }, UnknownUnit.GatewayTargetFailed);
        using var again = new PeriodicTimer(TryAgain, TimeProvider.System);
        do
        {
            if (!TryListen(slave, out var server, stoppingToken)) continue;
            await using (server)
            {
                LogServing(log, school.Site.Supervisor.Address, server.Port);
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return;
            }
        }
        while (await again.WaitForNextTickAsync(stoppingToken));
    }

    private bool TryListen(ModbusSlave slave, [NotNullWhen(true)] out ModbusTcpServer? server, CancellationToken stop)
    {
        server = null;
        try
        {
            server = ModbusTcpServer.Start(slave, new IPEndPoint(IPAddress.Parse(school.Site.Supervisor.Address), school.Site.Supervisor.Port), MostConnections, stop);
            return true;
        }
        catch (Exception e) when (e is SocketException or FormatException)
        {
            LogNotServed(log, school.Site.Supervisor.Address, school.Site.Supervisor.Port, e.Message);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Information, "The supervisor of the building is served on {Address}:{Port}")]
    private static partial void LogServing(ILogger log, string address, int port);

    [LoggerMessage(LogLevel.Error, "The supervisor of the building cannot be served on {Address}:{Port}: {Why} It is tried again every half minute")]
    private static partial void LogNotServed(ILogger log, string address, int port, string why);
}
