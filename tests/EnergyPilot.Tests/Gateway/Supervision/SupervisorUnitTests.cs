using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Schedules;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Supervision;
using EnergyPilot.Io.Modbus;
using EnergyPilot.Tests.Core.Control;
using EnergyPilot.Tests.Gateway.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Tests.Gateway.Supervision;

public sealed class SupervisorUnitTests : IDisposable
{
    private const ushort Temperature = 0, Setpoint = 2, Alarms = 4, Gas = 10;
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(30);
    private static readonly ZoneId Cp = DemoWorld.Cp.Id;
    private static readonly Site Site = With(SupervisorWrites.Operator);

    private readonly StoreFolder folder = new();
    private readonly Store store;
    private readonly LiveView view = new();
    private readonly DemoWorld world = new(rooms: 18.5, outdoor: 3);

    public SupervisorUnitTests() => store = folder.Open();

    private ManualTime Time => folder.Time;

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Values_and_their_quality_are_those_of_the_newest_cycle()
    {
        var unit = Unit(Site);
        Cycle(Site);

        Read(unit, Temperature).ShouldBe(18.5f);
        Read(unit, Setpoint).ShouldBe((float)(view.Latest?.Decision.Target(DemoWorld.Cp).Setpoint.Degrees ?? 0));
        Quality(unit, Temperature).ShouldBe((0, 0));
        Time.Advance(TimeSpan.FromSeconds(7));
        Quality(unit, Temperature).ShouldBe((0, 7));
    }

    [Fact]
    public void What_is_not_reliable_is_not_a_number_and_says_why()
    {
        world[DemoWorld.Cp] = double.NaN;
        var unit = Unit(Site);
        Cycle(Site);

        Read(unit, Temperature).ShouldBe(float.NaN);
        Quality(unit, Temperature).Reliability.ShouldBe((int)Reliability.CommunicationFailure);
        Read(unit, Alarms).ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public void Gateway_that_has_stopped_deciding_shows_no_old_values()
    {
        var unit = Unit(Site);
        Cycle(Site);
        Time.Advance(TimeSpan.FromMinutes(3));

        Read(unit, Temperature).ShouldBe(float.NaN);
        Quality(unit, Gas).ShouldBe(((int)Reliability.CommunicationFailure, 180));
    }

    [Fact]
    public void Before_the_first_cycle_it_is_busy() =>
        Unit(Site).ReadRegisters(ModbusSpace.InputRegisters, Temperature, new ushort[2]).ShouldBe(ModbusExceptionCode.ServerDeviceBusy);

    [Theory]
    [InlineData(Temperature, 1)]
    [InlineData(1, 2)]
    [InlineData(6, 2)]
    [InlineData(9998, 2)]
    [InlineData(9999, 2)]
    [InlineData(10_001, 2)]
    [InlineData(65_534, 2)]
    [InlineData(Alarms, 4)]
    public void Half_values_and_addresses_that_mean_nothing_are_refused(int address, int count)
    {
        var unit = Unit(Site);
        Cycle(Site);

        unit.ReadRegisters(ModbusSpace.HoldingRegisters, (ushort)address, new ushort[count]).ShouldBe(ModbusExceptionCode.IllegalDataAddress);
    }

    [Fact]
    public void Neighbours_are_read_together()
    {
        var unit = Unit(Site);
        Cycle(Site);
        var words = new ushort[6];

        unit.ReadRegisters(ModbusSpace.InputRegisters, Temperature, words).ShouldBe(ModbusExceptionCode.None);

        Number(words.AsSpan(0, 2)).ShouldBe(18.5f);
    }

    [Fact]
    public void Nothing_can_be_written_unless_the_site_says_so()
    {
        var unit = Unit(With(SupervisorWrites.None));

        Write(unit, Setpoint, 20).ShouldBe(ModbusExceptionCode.IllegalFunction);
        store.Overrides.Active(Time.GetUtcNow()).ShouldBeEmpty();
    }

    [Fact]
    public void Setpoint_becomes_an_override_with_an_end_and_an_audit_line()
    {
        var unit = Unit(Site);
        Cycle(Site);
        Time.Advance(TimeSpan.FromSeconds(5));

        Write(unit, Setpoint, 20.5f).ShouldBe(ModbusExceptionCode.None);

        var wish = store.Overrides.Active(Time.GetUtcNow()).ShouldHaveSingleItem();
        (wish.Zone, wish.Setpoint, wish.Owner, wish.Until).ShouldBe((Cp, new Celsius(20.5), SupervisorWishes.Owner, Time.GetUtcNow() + Hold));
        store.Audit.Latest(1)[0].ShouldSatisfyAllConditions(a => a.Who.ShouldBe("supervisor"), a => a.Origin.ShouldBe("modbus"), a => a.Subject.ShouldBe("cp"), a => a.New.ShouldContain("20.5"));
        Read(unit, Setpoint).ShouldBe(20.5f, "it reads back what it wrote, also before the next cycle");

        Cycle(Site);
        (view.Latest?.Decision.Target(DemoWorld.Cp).Priority).ShouldBe(Priority.Operator);
        (view.Latest?.Decision.Target(DemoWorld.Cp).Setpoint).ShouldBe(new Celsius(20.5));
    }

    [Fact]
    public void Supervisor_that_dies_leaves_its_wish_for_no_longer_than_the_hold()
    {
        var unit = Unit(Site);
        Write(unit, Setpoint, 20.5f);
        Time.Advance(Hold);

        store.Overrides.Active(Time.GetUtcNow()).ShouldBeEmpty();
    }

    [Fact]
    public void Cycle_that_began_while_the_wish_was_written_hides_it_from_nobody()
    {
        var unit = Unit(Site);
        Write(unit, Setpoint, 20.5f);
        Time.Advance(TimeSpan.FromSeconds(2));

        Cycle(Site, []);

        Read(unit, Setpoint).ShouldBe(20.5f);
    }

    [Fact]
    public void Value_that_is_repeated_lasts_and_is_seldom_written()
    {
        var unit = Unit(Site);
        for (var minute = 0; minute < 120; minute++)
        {
            Write(unit, Setpoint, 20.5f).ShouldBe(ModbusExceptionCode.None);
            store.Overrides.Active(Time.GetUtcNow()).ShouldHaveSingleItem();
            Time.Advance(TimeSpan.FromMinutes(1));
        }

        folder.Number("SELECT count(*) FROM override").ShouldBeInRange(7, 9);
        store.Audit.Latest(10).Length.ShouldBe(1, "only what somebody wished, not its repetitions");
    }

    [Theory]
    [InlineData(4.9f)]
    [InlineData(22.1f)]
    [InlineData(float.PositiveInfinity)]
    public void Setpoint_outside_the_limits_is_refused(float setpoint)
    {
        Write(Unit(Site), Setpoint, setpoint).ShouldBe(ModbusExceptionCode.IllegalDataValue);
        store.Overrides.Active(Time.GetUtcNow()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Temperature)]
    [InlineData(3)]
    [InlineData(Gas)]
    [InlineData(10_002)]
    public void Only_setpoints_can_be_written(int address) => Write(Unit(Site), (ushort)address, 20).ShouldBe(ModbusExceptionCode.IllegalDataAddress);

    [Fact]
    public void Half_a_setpoint_is_refused() =>
        Unit(Site).WriteRegisters(Setpoint, [0x41A4]).ShouldBe(ModbusExceptionCode.IllegalDataValue);

    [Fact]
    public void Not_a_number_ends_the_wish()
    {
        var unit = Unit(Site);
        Write(unit, Setpoint, 20.5f);
        Time.Advance(TimeSpan.FromMinutes(1));

        Write(unit, Setpoint, float.NaN).ShouldBe(ModbusExceptionCode.None);

        store.Overrides.Active(Time.GetUtcNow()).ShouldBeEmpty();
        store.Audit.Latest(1)[0].What.ShouldBe("override ended");
    }

    [Fact]
    public void Person_in_the_room_wins_over_repetitions_and_not_over_a_new_value()
    {
        var unit = Unit(Site);
        Write(unit, Setpoint, 18);
        Time.Advance(TimeSpan.FromMinutes(1));
        foreach (var older in store.Overrides.Active(Time.GetUtcNow())) store.Overrides.Cancel(older.Id, "Marie", Time.GetUtcNow());
        store.Overrides.Replace(new(0, Cp, new Celsius(21), "Marie", Time.GetUtcNow(), Time.GetUtcNow().AddHours(2), ""));

        for (var i = 0; i < 10; i++) Write(unit, Setpoint, 18).ShouldBe(ModbusExceptionCode.None);
        Write(Unit(Site), Setpoint, 18).ShouldBe(ModbusExceptionCode.None, "after a restart too");
        store.Overrides.Active(Time.GetUtcNow()).ShouldHaveSingleItem().Owner.ShouldBe("Marie");

        Write(unit, Setpoint, 19);
        store.Overrides.Active(Time.GetUtcNow()).ShouldHaveSingleItem().Setpoint.ShouldBe(new Celsius(19));
    }

    [Fact]
    public void No_cycle_finds_a_zone_without_its_wish_while_a_newer_one_takes_its_place()
    {
        var unit = Unit(Site);
        Write(unit, Setpoint, 18);
        Time.Advance(0.6 * Hold);
        var seen = new List<double>();
        store.Overrides.Changed = () => seen.Add(store.Overrides.Active(Time.GetUtcNow()).ShouldHaveSingleItem().Setpoint.Degrees);

        Write(unit, Setpoint, 18);
        Write(unit, Setpoint, 19);

        seen.ShouldBe([18, 19]);
        store.Audit.Latest(9).Count(a => a.What == "override").ShouldBe(2, "what is only repeated is told once");
    }

    [Fact]
    public void Wish_that_the_card_does_not_take_leaves_the_one_before()
    {
        var unit = Unit(Site);
        Write(unit, Setpoint, 18);
        Time.Advance(TimeSpan.FromMinutes(1));
        folder.Number("CREATE TRIGGER full BEFORE INSERT ON override BEGIN SELECT RAISE(ABORT, 'full'); END");

        Write(unit, Setpoint, 19).ShouldNotBe(ModbusExceptionCode.None);

        store.Overrides.Active(Time.GetUtcNow()).ShouldHaveSingleItem().Setpoint.ShouldBe(new Celsius(18));
    }

    private SupervisorUnit Unit(Site site) => new(site, view, new SupervisorWishes(site, store, Time, NullLogger.Instance), Time);

    private void Cycle(Site site) => Cycle(site, store.Overrides.Active(Time.GetUtcNow()));

    private void Cycle(Site site, ImmutableArray<Override> known)
    {
        var snapshot = world.At(Time.GetUtcNow()) with { Overrides = known };
        view.Show(new CycleRecord(site, snapshot, Pilot.Decide(site, snapshot, Memory.Empty)));
    }

    private static float Read(SupervisorUnit unit, ushort address)
    {
        var words = new ushort[2];
        unit.ReadRegisters(ModbusSpace.HoldingRegisters, address, words).ShouldBe(ModbusExceptionCode.None);
        return Number(words);
    }

    private static (int Reliability, int Age) Quality(SupervisorUnit unit, ushort address)
    {
        var words = new ushort[2];
        unit.ReadRegisters(ModbusSpace.InputRegisters, (ushort)(address + Supervisor.QualityAfter), words).ShouldBe(ModbusExceptionCode.None);
        return (words[0], words[1]);
    }

    private static ModbusExceptionCode Write(SupervisorUnit unit, ushort address, float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return unit.WriteRegisters(address, [(ushort)(bits >> 16), (ushort)bits]);
    }

    private static float Number(ReadOnlySpan<ushort> words) => BitConverter.UInt32BitsToSingle((uint)words[0] << 16 | words[1]);

    private static Site With(SupervisorWrites writes) => DemoWorld.Site with
    {
        Supervisor = new Supervisor("127.0.0.1", 0, 1, writes, Hold,
        [
            new(Temperature, SupervisedValue.ZoneTemperature, "cp", new("zone/cp.temperature")),
            new(Setpoint, SupervisedValue.ZoneSetpoint, "cp", new("zone/cp.setpoint")),
            new(Alarms, SupervisedValue.Alarms, "", new("alarms")),
            new(Gas, SupervisedValue.DevicePoint, "", DemoWorld.Site.Meters[0].Index),
        ]),
    };
}
