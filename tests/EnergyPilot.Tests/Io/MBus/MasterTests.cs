using System.Net;
using EnergyPilot.Io.MBus;

namespace EnergyPilot.Tests.Io.MBus;

/// <summary>The master against virtual meters behind TCP: the whole way through both link layers.</summary>
public sealed class MasterTests : IAsyncDisposable
{
    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(20);

    private readonly MBusVirtualMeter heat = VirtualMeters.Heat(0x12345678, 1);
    private readonly MBusVirtualMeter neighbour = VirtualMeters.Heat(0x12340001, 5);
    private readonly MBusVirtualMeter talkative = VirtualMeters.Talkative(0x90000007, 7, 120);
    private readonly MBusTcpServer server;
    private readonly MBusMaster master;

    public MasterTests()
    {
        server = MBusTcpServer.Start(new MBusSlave(heat, neighbour, talkative), new(IPAddress.Loopback, 0), Stop);
        master = MBusMaster.OverTcp("127.0.0.1", server.Port, new MBusLine(38_400, TimeSpan.Zero), TimeProvider.System);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await master.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Meter_is_read_by_its_primary_address_again_and_again()
    {
        for (var n = 0; n < 3; n++)
        {
            var telegram = await Read(MBusAddress.Primary(1));
            telegram.Header.Identity.ShouldBe(heat.Identity);
            telegram.Records.Select(record => record.Number).ShouldBe([12_345_678, 37_351_000, 101.69, -34_700, 0]);
            telegram.Records[4].Time.ShouldBe(new DateTime(2027, 1, 11, 6, 30, 0));
        }
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task New_values_are_read_with_the_next_request()
    {
        await Read(MBusAddress.Primary(1));
        heat.Outputs = [new(MBusQuantity.Energy, MBusUnit.WattHour, MBusCoding.FourBytes, 3) { Number = 37_352_000 }];

        (await Read(MBusAddress.Primary(1))).Records.ShouldHaveSingleItem().Number.ShouldBe(37_352_000);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Meter_is_read_by_its_secondary_address()
    {
        (await Read(MBusAddress.Secondary(heat.Identity))).Header.Identity.ShouldBe(heat.Identity);
        (await Read(MBusAddress.Secondary(MBusIdentity.ByNumber(0x12340001)))).Header.Identity.ShouldBe(neighbour.Identity);
        (await Read(MBusAddress.Secondary(MBusIdentity.ByNumber(0x9FFFFFFF)))).Header.Identity.ShouldBe(talkative.Identity);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Long_answers_come_in_several_telegrams()
    {
        for (var n = 0; n < 2; n++)
        {
            foreach (var address in new[] { MBusAddress.Primary(7), MBusAddress.Secondary(talkative.Identity) })
            {
                var telegram = await Read(address);
                telegram.MoreFollow.ShouldBeFalse();
                telegram.Records.Select(record => (record.Storage, record.Number)).ShouldBe(Enumerable.Range(0, 120).Select(day => ((long)day, (double)day)));
            }
        }
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Who_is_not_there_is_a_timeout_and_the_next_is_not_late()
    {
        (await master.Read(MBusAddress.Primary(99), Ample, Stop)).Fault.ShouldBe(MBusFault.Timeout);
        (await master.Read(MBusAddress.Secondary(MBusIdentity.ByNumber(0x55555555)), Ample, Stop)).Fault.ShouldBe(MBusFault.Timeout);
        await Read(MBusAddress.Primary(1));
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Two_meters_at_once_are_noise_and_no_value()
    {
        (await master.Read(MBusAddress.Secondary(MBusIdentity.ByNumber(0x1234FFFF)), Ample, Stop)).Fault.ShouldBe(MBusFault.Garbled);
        (await master.Read(MBusAddress.Primary(MBusControl.TestAddress), Ample, Stop)).Fault.ShouldBe(MBusFault.Garbled);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Scan_finds_every_primary_address()
    {
        var steps = new List<MBusScanStep>();
        await foreach (var step in master.Scan(0, 9, Stop))
            steps.Add(step);

        steps.Count.ShouldBe(10);
        steps.Where(step => step.Outcome == MBusScanOutcome.Meter).Select(step => (int)step.Asked.Link).ShouldBe([1, 5, 7]);
        (steps[1].Header?.Identity).ShouldBe(heat.Identity);
        steps[^1].Done.ShouldBe(1);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Search_finds_every_identity()
    {
        var steps = new List<MBusScanStep>();
        await foreach (var step in master.Search(Stop))
            steps.Add(step);

        steps.Where(step => step.Outcome == MBusScanOutcome.Meter).Select(step => step.Header?.Identity)
            .ShouldBe([neighbour.Identity, heat.Identity, talkative.Identity], ignoreOrder: true);
        steps.Zip(steps.Skip(1)).ShouldAllBe(pair => pair.First.Done <= pair.Second.Done);
        steps[^1].Done.ShouldBe(1);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Resets_and_a_new_primary_address_are_taken()
    {
        (await master.Reset(MBusAddress.Primary(1), Ample, Stop)).ShouldBe(MBusFault.None);
        (await master.ResetApplication(MBusAddress.Secondary(heat.Identity), Ample, Stop)).ShouldBe(MBusFault.None);
        (await master.Send(MBusAddress.Secondary(heat.Identity), new byte[] { 0x51, 0x01, 0x7A, 42 }, Ample, Stop)).ShouldBe(MBusFault.None);

        (await Read(MBusAddress.Primary(42))).Header.Identity.ShouldBe(heat.Identity);
    }

    [Fact(Timeout = Patience.Hang)]
    public async Task Overlapping_calls_are_served_one_after_the_other()
    {
        var readings = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => Read(MBusAddress.Primary(n % 2 == 0 ? 1 : 7))));

        for (var n = 0; n < 12; n++)
            readings[n].Header.Identity.ShouldBe(n % 2 == 0 ? heat.Identity : talkative.Identity);
    }

    private async Task<MBusTelegram> Read(MBusAddress meter)
    {
        var reading = await master.Read(meter, Ample, Stop);
        reading.Fault.ShouldBe(MBusFault.None);
        return reading.Telegram.ShouldNotBeNull();
    }
}
