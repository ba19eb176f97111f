using EnergyPilot.Core.Sites;
using EnergyPilot.Simulation.Physics;
using EnergyPilot.Simulation.Weather;

namespace EnergyPilot.Benchmarks.Seasons;

/// <summary>A virtual building of the bench, with its weather and what its energy costs. Everything about it is data.</summary>
/// <param name="Name">For options and JSON.</param>
/// <param name="Title">For people.</param>
/// <param name="Variant">Its physics and its winter.</param>
/// <param name="Controllers">Names of the controllers that run on it.</param>
internal sealed record Building(string Name, string Title, StudyVariant Variant, IReadOnlyList<string> Controllers)
{
    public SchoolParameters School => Variant.School;

    public WeatherVariant Weather => Variant.Weather;

    public Tariff Tariff { get; init; } = Tariff.Gas;

    /// <summary>Of pumps; a school has one meter for all its electricity.</summary>
    public Tariff Electricity => Source == HeatSourceKind.HeatPump ? Tariff : Tariff.Electricity;

    public HeatSourceKind Source { get; init; }

    /// <summary>As an installer would set it.</summary>
    public HeatingCurve Curve { get; init; } = HeatingCurve.Radiators;

    public PupilPlanParameters People { get; init; } = StudySchool.People();

    /// <summary>A public holiday that nobody entered into the site's calendar.</summary>
    public DateOnly MissingHoliday { get; init; } = new(2025, 11, 11);

    /// <summary>The study had none: windows were seen by the slope of the temperature.</summary>
    public WindowContacts WindowContacts { get; init; }

    public Building With(SchoolParameters school) => this with { Variant = Variant with { School = school } };

    /// <summary>Other people with other habits of the day, and other noise of sensors.</summary>
    public Building With(ulong seed) => With(School with { Seed = seed }) with { People = People with { Seed = seed } };

    public double FloorM2 => School.Zones.Sum(zone => zone.FloorAreaM2);
}

/// <summary>Whether windows have contacts.</summary>
internal enum WindowContacts { None, Fitted }
