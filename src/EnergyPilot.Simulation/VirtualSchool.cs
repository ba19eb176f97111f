using System.Globalization;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Io.Gpio;
using EnergyPilot.Io.Kernel;
using EnergyPilot.Io.MBus;
using EnergyPilot.Io.Modbus;
using EnergyPilot.Io.Mqtt;
using EnergyPilot.Io.Tic;
using EnergyPilot.Simulation.Physics;
using EnergyPilot.Simulation.Weather;

namespace EnergyPilot.Simulation;

/// <summary>
/// A school that exists only here, built from a site file, behind the same buses as the real one. It knows no controller:
/// whoever asks a device first brings the physics up to the present, then gets the answer in the bytes of that device.
/// Safe for several threads.
/// </summary>
public sealed class VirtualSchool
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private const double WrongByK = 3;

    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly School school;
    private readonly PointRoles roles;
    private readonly BuildingElectricity electricity;
    private readonly Dictionary<string, FaultKind> deviceFaults = [];
    private bool isCatchingUp;
    private event Action? MinutePassed;

    /// <param name="time">The clock that the school lives by; a stepped clock makes a season of it.</param>
    /// <param name="seed">Of everything that is left to chance.</param>
    public VirtualSchool(Site site, TypicalYear weather, TimeProvider time, ulong seed)
    {
        (Site, this.time) = (site, time);
        var start = time.GetUtcNow();
        school = new School(SitePhysics.Building(site, seed), weather, new PupilPlan(SitePhysics.People(site, seed)), start);
        electricity = new BuildingElectricity(school);
        roles = new PointRoles(site, school, electricity);
    }

    public Site Site { get; }

    /// <summary>The physics, brought up to the present; look, but do not touch while others ask.</summary>
    public School Physics
    {
        get
        {
            lock (gate) CatchUp();
            return school;
        }
    }

    /// <exception cref="ArgumentException">The site has no such device or zone.</exception>
    public void Inject(Fault fault)
    {
        if (fault.MismatchWith(Site) is { Length: > 0 } mismatch) throw new ArgumentException(mismatch, nameof(fault));
        lock (gate)
        {
            if (Physical(fault) is { } physical) school.Inject(physical);
            else deviceFaults[fault.Subject] = fault.Kind;
        }
    }

    public void Mend(Fault fault)
    {
        lock (gate)
        {
            if (Physical(fault) is { } physical) school.Clear(physical);
            else deviceFaults.Remove(fault.Subject);
        }
    }

    /// <summary>A serial Modbus line in memory.</summary>
    public IModbusWire LineOn(Bus bus) => new VirtualLine(this, bus, SlaveOn(bus));

    /// <summary>The devices of a Modbus bus, to be served by whoever has a wire.</summary>
    public ModbusSlave SlaveOn(Bus bus) => new(
        Site.Devices.Where(d => d.Bus.Id == bus.Id)
            .ToDictionary(d => byte.Parse(d.Address, CultureInfo.InvariantCulture), IModbusUnit (d) => new VirtualUnit(this, d)),
        UnknownUnit.GatewayTargetFailed);

    /// <summary>The GPIO chip.</summary>
    public IGpioBoard BoardOn(Bus bus) => new VirtualBoard(this, bus, time);

    /// <summary>The sensor files.</summary>
    public ISensorFiles FilesOn(Bus bus) => new VirtualFiles(this, bus);

    /// <summary>The customer output of the electricity meter.</summary>
    public ITicLine TicOn(Bus bus) => new VirtualTic(this, bus);

    /// <summary>A master on the M-Bus.</summary>
    public MBusMaster MBusOn(Bus bus) => new VirtualMBus(this, bus).Master();

    /// <summary>What the broker passes on.</summary>
    public IMessageLine MessagesOn(Bus bus) => new VirtualMessages(this, bus);

    /// <summary>The clock that it lives by.</summary>
    public TimeProvider Clock => time;

    /// <summary>The present of the school's clock.</summary>
    internal DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Does something to a part of the school in the present, with nobody else in it.</summary>
    internal void Do(Action action)
    {
        lock (gate)
        {
            CatchUp();
            action();
        }
    }

    /// <summary>The value of a point now, as the device shows it: wiring and pulse weights already undone.</summary>
    internal double Read(Point point)
    {
        lock (gate)
        {
            CatchUp();
            return Wired(point, roles.Read(point)) / point.Factor;
        }
    }

    /// <summary>What a device was told.</summary>
    internal void Write(Point point, double value)
    {
        lock (gate)
        {
            CatchUp();
            roles.Write(point, Wired(point, value) * point.Factor);
        }
    }

    internal bool Has(FaultKind fault, string device)
    {
        lock (gate) return deviceFaults.TryGetValue(device, out var present) && present == fault;
    }

    /// <summary>Runs after each minute of physics, under the school's lock; also once at once.</summary>
    internal void EachMinute(Action action)
    {
        lock (gate)
        {
            MinutePassed += action;
            action();
        }
    }

    internal void NoMinute(Action action)
    {
        lock (gate) MinutePassed -= action;
    }

    /// <summary>What the device of a point shows now, in the point's canonical unit.</summary>
    public double Shows(PointId point) => Site.Points.TryGetValue(point, out var known) ? Read(known) * known.Factor : double.NaN;

    /// <summary>Index of the electricity meter since the start [kWh].</summary>
    public double ElectricityKwh
    {
        get
        {
            lock (gate) return electricity.KWh;
        }
    }

    /// <summary>Brings the physics up to the present.</summary>
    public void CatchUp()
    {
        lock (gate)
        {
            // What runs after a minute may read points, which would begin the next minute within this one.
            if (isCatchingUp) return;
            isCatchingUp = true;
            var now = time.GetUtcNow();
            while (now - school.Time >= Minute)
            {
                school.Advance(Minute);
                electricity.Minute();
                roles.Minute(school);
                MinutePassed?.Invoke();
            }

            isCatchingUp = false;
        }
    }

    private SchoolFault? Physical(Fault fault) => fault.Kind switch
    {
        FaultKind.StuckValve => SchoolFault.StuckValve(Zone(fault.Subject)),
        FaultKind.WindowOpen => SchoolFault.WindowJammedOpen(Zone(fault.Subject)),
        FaultKind.BoilerLockedOut => SchoolFault.BoilerRefusesToStart,
        FaultKind.SwappedSensors => SchoolFault.SwappedSensors(Zone(fault.Subject.Split('+')[0]), Zone(fault.Subject.Split('+')[^1])),
        FaultKind.SensorOffset => SchoolFault.SensorOffset(Zone(fault.Subject), WrongByK),
        FaultKind.StuckSensor => SchoolFault.StuckSensor(Zone(fault.Subject)),
        _ => null,
    };

    private int Zone(string id) => Site.Zones.IndexOf(Site.Zones.First(z => z.Id.Name == id));

    private static double Wired(Point point, double value) =>
        point.Type.Quantity == Quantity.State && point.Wiring == Wiring.NormallyClosed ? 1 - value : value;
}
