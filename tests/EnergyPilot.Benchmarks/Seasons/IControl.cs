using EnergyPilot.Simulation.Physics;

namespace EnergyPilot.Benchmarks.Seasons;

/// <summary>Something that heats the school: looks at its sensors once a minute and sets its outputs.</summary>
internal interface IControl
{
    void Minute(School school);

    /// <summary>Processor time spent on deciding.</summary>
    TimeSpan Deciding { get; }

    /// <summary>Processor time spent on learning and planning.</summary>
    TimeSpan Studying { get; }
}
