using EnergyPilot.Core.Sky;
using EnergyPilot.Simulation.Weather;

namespace EnergyPilot.Simulation.Physics;

/// <summary>
/// The virtual building: weather, people, rooms, emitters, circuits and heat source, advanced in steps of one minute.
/// Inputs are set between steps and hold until changed; outputs are those at <see cref="Time"/>. Not thread-safe.
/// Equations, symbols and sources: README.md of this folder.
/// </summary>
public sealed class School
{
    private const double ChildW = 72.0;
    private const double AdultW = 100.0;
    private const double ConvectiveShare = 0.5;
    private const double SolarToAirShare = 0.2;

    // An explicit step may use up at most half of what a node can exchange: no oscillation, no overshoot.
    private const double LargestRelativeChange = 0.5;
    private const int FewestSubSteps = 4;
    private const double SecondsPerMinute = 60.0;

    private readonly SchoolParameters parameters;
    private readonly TypicalYear year;
    private readonly PupilPlan people;
    private readonly Rooms rooms;
    private readonly RoomAir roomAir;
    private readonly RoomSensors sensors;
    private readonly Emitters emitters;
    private readonly Circuit[] circuits;
    private readonly GlassOfZone[] glass;
    private readonly bool[] jammedWindow;
    private readonly bool[] presence;
    private readonly double[] windowPerHour;
    private readonly double[] solarW;
    private readonly int subSteps;
    private TimeSpan pending;

    public School(SchoolParameters parameters, TypicalYear year, PupilPlan people, DateTimeOffset start)
    {
        (this.parameters, this.year, this.people, Time) = (parameters, year, people, start);
        SchoolCheck.Check(parameters, people);
        (rooms, roomAir, sensors, emitters) = (new Rooms(parameters), new RoomAir(parameters), new RoomSensors(parameters), new Emitters(parameters));
        circuits = [.. parameters.Circuits.Select((circuit, index) => new Circuit(circuit, parameters, emitters.Of(circuit.Emitter), index))];
        Boiler = new HeatSource(parameters.Boiler, parameters.PlantRoomTemperatureC, parameters.InitialTemperatureC);
        var count = parameters.Zones.Count;
        glass = [.. parameters.Zones.SelectMany((zone, index) => zone.Windows.Select(window => GlassOfZone.Of(index, zone, window)))];
        (jammedWindow, presence, windowPerHour, solarW) = (new bool[count], new bool[count], new double[count], new double[count]);
        subSteps = Math.Max(FewestSubSteps, (int)Math.Ceiling(SecondsPerMinute * FastestRate() / LargestRelativeChange));
        Weather = year.At(start);
    }

    public DateTimeOffset Time { get; private set; }

    public int ZoneCount => parameters.Zones.Count;

    public SchoolParameters Parameters => parameters;

    /// <summary>The heat source, whichever kind it is.</summary>
    public HeatSource Boiler { get; }

    public IReadOnlyList<Circuit> Circuits => circuits;

    /// <summary>The weather in the middle of the last minute.</summary>
    public WeatherSample Weather { get; private set; }

    public EnergyLedger Ledger { get; } = new();

    /// <summary>Input: wished opening of each zone valve, 0 to 1; the valve follows with its stroke time.</summary>
    public Span<double> ValveCommand => emitters.Valves.Command;

    public ReadOnlySpan<double> ValvePosition => emitters.Valves.Position;

    /// <summary>Input: set-point of each zone's own thermostat; where there is none nobody looks at it.</summary>
    public Span<double> ThermostatSetpointC => emitters.Valves.Thermostats.SetpointC;

    /// <summary>How far each zone's own thermostat is open; 1 where there is none.</summary>
    public ReadOnlySpan<double> ThermostatOpening => emitters.Valves.Thermostats.Opening;

    /// <summary>What electric panels have drawn.</summary>
    public double PanelElectricityKWh => emitters.Panels.ElectricityJ / EnergyLedger.JoulesPerKWh;

    public double PanelElectricityW => emitters.Panels.PowerW;

    public ReadOnlySpan<double> AirTemperatureC => rooms.AirC;

    public ReadOnlySpan<double> FastMassTemperatureC => rooms.FastC;

    public ReadOnlySpan<double> DeepMassTemperatureC => rooms.DeepC;

    /// <summary>What the wall thermostats show.</summary>
    public ReadOnlySpan<double> SensorTemperatureC => sensors.ReadingC;

    public ReadOnlySpan<double> Co2Ppm => roomAir.Co2Ppm;

    /// <summary>Whether the motion detector fired in the last minute.</summary>
    public ReadOnlySpan<bool> PresenceDetected => presence;

    /// <summary>Air changes per hour through open windows in the last minute; a window contact is open where it is above 0.</summary>
    public ReadOnlySpan<double> WindowAirChangesPerHour => windowPerHour;

    /// <summary>Who and what was in each zone at this instant.</summary>
    public ReadOnlySpan<ZoneUse> Use => people.At(Time);

    /// <summary>What people feel: half air, half surrounding surfaces (the study's operative temperature).</summary>
    public double OperativeTemperatureC(int zone) => 0.5 * (rooms.AirC[zone] + rooms.FastC[zone]);

    public double RadiatorTemperatureC(int zone) => emitters.RadiatorC(zone);

    public double FloorTemperatureC(int zone) => emitters.SlabC(zone);

    /// <summary>Heat that the zone's radiator, floor or panels have given to its room, net.</summary>
    public double RadiatorHeatKWh(int zone) => emitters.HeatJ(zone) / EnergyLedger.JoulesPerKWh;

    /// <summary>
    /// Advances by whole minutes; what is left of <paramref name="span"/> is kept for the next call, so the course does not
    /// depend on how it was cut into calls.
    /// </summary>
    public void Advance(TimeSpan span)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero);
        pending += span;
        while (pending >= TimeSpan.FromMinutes(1))
        {
            pending -= TimeSpan.FromMinutes(1);
            StepMinute();
        }
    }

    public void Inject(SchoolFault fault)
    {
        switch (fault.Kind)
        {
            case SchoolFaultKind.StuckValve: emitters.Valves.Stuck[fault.Zone] = true; break;
            case SchoolFaultKind.WindowJammedOpen: jammedWindow[fault.Zone] = true; break;
            case SchoolFaultKind.SwappedSensors: sensors.Swap(fault.Zone, fault.Other); break;
            case SchoolFaultKind.SensorOffset: sensors.Offset(fault.Zone, fault.OffsetK); break;
            case SchoolFaultKind.StuckSensor: sensors.Freeze(fault.Zone); break;
            default: Boiler.LockedOut = true; break;
        }
    }

    public void Clear(SchoolFault fault)
    {
        switch (fault.Kind)
        {
            case SchoolFaultKind.StuckValve: emitters.Valves.Stuck[fault.Zone] = false; break;
            case SchoolFaultKind.WindowJammedOpen: jammedWindow[fault.Zone] = false; break;
            case SchoolFaultKind.SwappedSensors: sensors.Unswap(fault.Zone, fault.Other); break;
            case SchoolFaultKind.SensorOffset: sensors.Offset(fault.Zone, 0.0); break;
            case SchoolFaultKind.StuckSensor: sensors.Thaw(fault.Zone); break;
            default: Boiler.LockedOut = false; break;
        }
    }

    /// <summary>The thermal masses with what acts on them in the last minute, for who must know the building exactly.</summary>
    internal Rooms Rooms => rooms;

    private void StepMinute()
    {
        var middle = Time + TimeSpan.FromSeconds(0.5 * SecondsPerMinute);
        Weather = year.At(middle);
        var minute = Time.ToUnixTimeSeconds() / 60;
        ShineOnWindows(middle);
        UseZones(people.At(Time), minute);
        for (var i = 0; i < subSteps; i++)
            SubStep(SecondsPerMinute / subSteps);
        Time += TimeSpan.FromMinutes(1);
        sensors.Minute(minute, rooms);
        emitters.Valves.Thermostats.Minute(rooms, emitters);
        Boiler.Minute();
        Ledger.StoredJ = StoredJ();
    }

    private void ShineOnWindows(DateTimeOffset middle)
    {
        Array.Clear(solarW);
        if (Weather.GlobalHorizontalWPerM2 <= 0.0)
            return;
        var ray = new Facade.SunRay(Sun.At(middle, parameters.Place));
        foreach (var window in glass)
            solarW[window.Zone] += window.EffectiveAreaM2 * window.Facade.IrradianceWPerM2(Weather, ray);
    }

    private void UseZones(ReadOnlySpan<ZoneUse> uses, long minute)
    {
        var wind = 0.7 + 0.075 * Weather.WindMPerS;
        for (var zone = 0; zone < uses.Length; zone++)
        {
            ref readonly var use = ref uses[zone];
            var facts = parameters.Zones[zone];
            var internalW = use.Pupils * ChildW + use.Adults * AdultW + use.Lights * facts.LightsWPerM2 * facts.FloorAreaM2;
            windowPerHour[zone] = jammedWindow[zone] ? Math.Max(use.AirChangesPerHour, facts.JammedWindowPerHour) : use.AirChangesPerHour;
            var airChanges = facts.InfiltrationPerHour * wind + windowPerHour[zone];
            rooms.SetMinute(
                zone,
                ConvectiveShare * internalW + SolarToAirShare * solarW[zone],
                (1.0 - ConvectiveShare) * internalW + (1.0 - SolarToAirShare) * solarW[zone],
                airChanges);
            roomAir.Minute(zone, use, airChanges);
            presence[zone] = people.Detects(minute, zone, use);
            Ledger.InternalJ += internalW * SecondsPerMinute;
            Ledger.SolarJ += solarW[zone] * SecondsPerMinute;
        }
    }

    /// <summary>Heat source, circuits and rooms all start from the temperatures at the beginning of the sub-step.</summary>
    private void SubStep(double seconds)
    {
        Boiler.Produce(seconds, Weather.TemperatureC, Ledger);
        emitters.Valves.Move(seconds);
        var (flow, drawn, returned) = (0.0, 0.0, 0.0);
        foreach (var circuit in circuits)
        {
            var primary = circuit.Step(seconds, Boiler.FlowTemperatureC, rooms, Ledger);
            flow += primary.FlowWPerK;
            drawn += primary.DrawnW;
            returned += primary.ReturnWeightedW;
        }
        emitters.Panels.Step(seconds, rooms, Ledger);
        Boiler.Settle(seconds, new PrimaryFlow(flow, drawn, returned), Ledger);
        rooms.Step(seconds, Weather.TemperatureC, Ledger);
    }

    private double StoredJ()
    {
        var reference = parameters.InitialTemperatureC;
        var stored = rooms.StoredJ(reference) + emitters.StoredJ(reference) + Boiler.StoredJ(reference);
        foreach (var circuit in circuits)
            stored += circuit.StoredJ(reference);
        return stored;
    }

    private double FastestRate()
    {
        var fullFlow = circuits.Sum(circuit => circuit.FullFlowWPerK(parameters));
        var pipes = circuits.Max(circuit => circuit.FastestRate(parameters));
        return Math.Max(Math.Max(rooms.FastestRate(), emitters.FastestRate()), Math.Max(pipes, Boiler.FastestRate(fullFlow)));
    }

    private readonly record struct GlassOfZone(int Zone, Facade Facade, double EffectiveAreaM2)
    {
        public static GlassOfZone Of(int index, ZoneParameters zone, GlazedFacade window) =>
            new(index, new Facade(window.AzimuthDeg), window.GlassAreaM2 * zone.SolarFactor);
    }
}
