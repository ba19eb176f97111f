using EnergyPilot.Core.Control;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using School = EnergyPilot.Simulation.Physics.School;

namespace EnergyPilot.Benchmarks.Seasons;

/// <summary>Runs a pure decision on the virtual school, sensor to output, without the bytes between.</summary>
internal sealed class CoreControl(Site site, Decide decide, IStudy study) : IControl
{
    private readonly ZoneEyes[] zones = [.. site.Zones.Select((_, index) => new ZoneEyes(index))];
    private readonly Dictionary<PointId, int> valves = site.Zones.Select((_, index) => index).ToDictionary(StudyPoints.Valve);
    private readonly Dictionary<PointId, Reading> readings = [];
    private Memory memory = Memory.Empty;

    public TimeSpan Deciding { get; private set; }

    public TimeSpan Studying { get; private set; }

    public void Minute(School school)
    {
        See(school);
        var begin = ThreadTime.Now;
        var snapshot = study.Before(new Snapshot(school.Time, readings, []));
        var known = ThreadTime.Now;
        var decision = decide(site, snapshot, memory);
        var decided = ThreadTime.Now;
        memory = decision.Memory;
        foreach (var output in decision.Outputs) Set(school, output);
        var done = ThreadTime.Now;
        study.After(snapshot, decision);
        Deciding += decided - known;
        Studying += known - begin + ThreadTime.Now - done;
    }

    private void See(School school)
    {
        var (at, circuit) = (school.Time, school.Circuits[0]);
        foreach (var zone in zones) zone.See(school, readings);
        readings[StudyPoints.Outdoor] = Reading.Good(school.Weather.TemperatureC, at);
        readings[StudyPoints.Supply] = Reading.Good(circuit.SupplyTemperatureC, at);
        readings[StudyPoints.Return] = Reading.Good(circuit.ReturnTemperatureC, at);
        readings[StudyPoints.BoilerFlow] = Reading.Good(school.Boiler.FlowTemperatureC, at);
        readings[StudyPoints.Power] = Reading.Good(school.Boiler.PowerW, at);
        readings[StudyPoints.BoilerReturn] = Reading.Good(school.Boiler.ReturnTemperatureC, at);
    }

    private void Set(School school, Command output)
    {
        if (valves.TryGetValue(output.Point, out var zone)) school.ValveCommand[zone] = output.Value;
        else if (output.Point == StudyPoints.Pump) school.Circuits[0].PumpOn = output.Value > 0;
        else if (output.Point == StudyPoints.Release) school.Boiler.Release = output.Value > 0;
        else if (output.Point == StudyPoints.BoilerSetpoint) school.Boiler.SetpointC = output.Value;
    }

    /// <summary>The sensors of one zone.</summary>
    private sealed class ZoneEyes(int index)
    {
        private readonly PointId temperature = StudyPoints.Temperature(index), presence = StudyPoints.Presence(index);
        private readonly PointId co2 = StudyPoints.Co2(index), window = StudyPoints.Window(index);

        public void See(School school, Dictionary<PointId, Reading> readings)
        {
            readings[temperature] = Reading.Good(school.SensorTemperatureC[index], school.Time);
            readings[presence] = Reading.Good(school.PresenceDetected[index] ? 1 : 0, school.Time);
            readings[co2] = Reading.Good(school.Co2Ppm[index], school.Time);
            readings[window] = Reading.Good(school.WindowAirChangesPerHour[index] > 0 ? 1 : 0, school.Time);
        }
    }
}
