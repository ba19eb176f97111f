namespace EnergyPilot.Simulation.Physics;

/// <summary>
/// What lets heat into each zone: the zone valve with its stroke (electric zones: a relay at once), and in series the local
/// thermostat where there is one.
/// </summary>
internal sealed class ZoneValves
{
    private readonly double strokeS;
    private readonly bool[] atOnce;
    private readonly double[] position;

    public ZoneValves(SchoolParameters school)
    {
        strokeS = school.Radiators.ValveStroke.TotalSeconds;
        atOnce = [.. school.Zones.Select(zone => school.Circuits[zone.Circuit].Emitter == Core.Sites.Emitter.Electric)];
        position = new double[atOnce.Length];
        (Command, Stuck) = (new double[atOnce.Length], new bool[atOnce.Length]);
        Thermostats = new LocalThermostats(school);
    }

    public double[] Command { get; }

    public bool[] Stuck { get; }

    public ReadOnlySpan<double> Position => position;

    public LocalThermostats Thermostats { get; }

    /// <summary>Share of the full flow, or of the panels' power.</summary>
    public double Opening(int zone) => position[zone] * Thermostats.Opening[zone];

    public void Move(double seconds)
    {
        var reach = seconds / strokeS;
        for (var zone = 0; zone < position.Length; zone++)
            if (!Stuck[zone])
            {
                var wished = Math.Clamp(Command[zone], 0.0, 1.0) - position[zone];
                position[zone] += atOnce[zone] ? wished : Math.Clamp(wished, -reach, reach);
            }
    }
}
