using System.Collections.Immutable;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Simulation.Physics;

namespace EnergyPilot.Simulation;

/// <summary>What each point of the site stands for in the physics: where an input's value comes from, and where an output's value goes.</summary>
internal sealed class PointRoles
{
    private readonly Dictionary<PointId, Func<double>> sources = [];
    private readonly Dictionary<PointId, Action<double>> sinks = [];
    private readonly Dictionary<PointId, double> written = [];
    private readonly DateTimeOffset[] lastMovement;

    // Motion detectors stay on for some minutes after each movement; this is a common setting.
    private static readonly TimeSpan DetectorHold = TimeSpan.FromMinutes(5);

    public PointRoles(Site site, School school, BuildingElectricity electricity)
    {
        lastMovement = new DateTimeOffset[site.Zones.Length];
        for (var i = 0; i < site.Zones.Length; i++) AddZone(site, school, i);
        for (var i = 0; i < site.Circuits.Length; i++) AddCircuit(site.Circuits[i], school.Circuits[i]);
        AddBoiler(site.Boiler, school.Boiler);
        Measure(site.Outdoor, () => Math.Round(school.Weather.TemperatureC, 2));
        foreach (var meter in site.Meters) AddMeter(site, meter, school.Boiler, electricity);
        foreach (var point in site.Points.Values)
            if (!sources.ContainsKey(point.Id) && !sinks.ContainsKey(point.Id)) AddOther(point, electricity);
    }

    /// <summary>An input's value now; an output reads back what was written last.</summary>
    public double Read(Point point) =>
        sources.TryGetValue(point.Id, out var source) ? source() : written.GetValueOrDefault(point.Id, point.Type.Safe);

    public void Write(Point point, double value)
    {
        written[point.Id] = value;
        if (sinks.TryGetValue(point.Id, out var sink)) sink(value);
    }

    /// <summary>Notes who moved in the last minute.</summary>
    public void Minute(School school)
    {
        for (var zone = 0; zone < lastMovement.Length; zone++)
            if (school.PresenceDetected[zone]) lastMovement[zone] = school.Time;
    }

    private void AddZone(Site site, School school, int zone)
    {
        var points = site.Zones[zone].Points;
        Measure(points.Temperature, () => school.SensorTemperatureC[zone]);
        Measure(points.Presence, () => school.Time - lastMovement[zone] < DetectorHold ? 1 : 0);
        Measure(points.Co2, () => Math.Round(school.Co2Ppm[zone]));
        Measure(points.Window, () => school.WindowAirChangesPerHour[zone] > 0 ? 1 : 0);
        foreach (var valve in points.Valve)
        {
            var full = site.Points[valve].Type.Quantity == Quantity.Ratio ? 100.0 : 1.0;
            sinks[valve] = value => school.ValveCommand[zone] = Math.Clamp(value / full, 0, 1);
        }

        // Where there is no zone valve the water always comes.
        if (points.Valve.IsEmpty) school.ValveCommand[zone] = 1;
        foreach (var thermostat in points.Thermostat) sinks[thermostat] = value => school.ThermostatSetpointC[zone] = value;
    }

    private void AddCircuit(Core.Sites.Circuit circuit, Physics.Circuit physics)
    {
        // A pump that nobody switches runs by itself.
        physics.PumpOn = circuit.Pump.IsEmpty;
        foreach (var pump in circuit.Pump) sinks[pump] = value => physics.PumpOn = value >= 0.5;
        foreach (var valve in circuit.MixingValve) sinks[valve] = value => physics.MixingCommand = Math.Clamp(value / 100, 0, 1);
        Measure(circuit.Supply, () => Math.Round(physics.SupplyTemperatureC, 2));
        Measure(circuit.Return, () => Math.Round(physics.ReturnTemperatureC, 2));
    }

    private void AddBoiler(Core.Sites.Boiler boiler, Physics.HeatSource physics)
    {
        // Likewise a substation that only takes a setpoint.
        physics.Release = boiler.Release.IsEmpty && boiler.NominalPower.Value > 0;
        foreach (var release in boiler.Release) sinks[release] = value => physics.Release = value >= 0.5;
        foreach (var setpoint in boiler.Setpoint) sinks[setpoint] = value => physics.SetpointC = value;
        Measure(boiler.Supply, () => Math.Round(physics.FlowTemperatureC, 2));
        Measure(boiler.Return, () => Math.Round(physics.ReturnTemperatureC, 2));
        Measure(boiler.Power, () => Math.Round(physics.PowerW));
        Measure(boiler.Running, () => physics.IsRunning ? 1 : 0);
        Measure(boiler.Fault, () => physics.LockedOut ? 1 : 0);
    }

    private void AddMeter(Site site, Meter meter, Physics.HeatSource boiler, BuildingElectricity electricity)
    {
        // Meters were installed years before the gateway.
        var installed = meter.Medium switch { Medium.Gas => 48_213.4, Medium.Electricity => 61_302.5, Medium.Heat => 412_877.0, _ => 3_411.2 };
        var device = site.Devices.First(d => d.Points.Any(p => p.Id == meter.Index));
        Func<double> index = meter.Medium switch
        {
            Medium.Gas => () => installed + boiler.GasM3,
            Medium.Electricity => () => installed + electricity.KWh,
            Medium.Heat => () => installed + boiler.HeatKWh,
            _ => () => installed,
        };
        Measure([meter.Index], index);
        Measure(meter.Power, meter.Medium switch
        {
            Medium.Heat => () => boiler.HeatW,
            Medium.Electricity => () => electricity.PowerW,
            _ => () => 0,
        });
        if (meter.Medium != Medium.Heat) return;
        foreach (var point in device.Points.Where(p => !sources.ContainsKey(p.Id)))
            Measure([point.Id], point.Type.Quantity switch
            {
                Quantity.Temperature when point.Type.Name.Contains("return", StringComparison.Ordinal) => () => boiler.ReturnTemperatureC,
                Quantity.Temperature => () => boiler.FlowTemperatureC,
                Quantity.VolumeFlow => () => boiler.FlowLitresPerHour / 1000,
                _ => () => 0,
            });
    }

    // A device has more points than the site uses: they show what they would on an ordinary day.
    private void AddOther(Point point, BuildingElectricity electricity)
    {
        if (point.Type.Access != Core.Devices.Access.Read) return;
        Func<double> source = point.Type.Quantity switch
        {
            Quantity.Voltage => () => 230,
            Quantity.Frequency => () => 50,
            Quantity.Current => () => electricity.PowerW / 3 / 230,
            Quantity.Power or Quantity.ApparentPower => () => electricity.PowerW,
            Quantity.Energy when point.Type.Cumulative == Core.Devices.Accumulation.Cumulative => () => electricity.KWh,
            Quantity.RelativeHumidity => () => 45,
            Quantity.Number => () => 1,
            _ => () => Math.Clamp(0, point.Type.Range.Low, point.Type.Range.High),
        };
        Measure([point.Id], source);
    }

    private void Measure(ImmutableArray<PointId> points, Func<double> source)
    {
        foreach (var point in points) sources[point] = source;
    }
}
