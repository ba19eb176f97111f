using EnergyPilot.Simulation.Physics;
using EnergyPilot.Simulation.Weather;

namespace EnergyPilot.Tests.Simulation.Physics;

/// <summary>Small schools whose course can be followed by hand.</summary>
internal static class Build
{
    public static readonly DateTimeOffset Monday = new(2026, 1, 12, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Still air at 4 m/s, at which the infiltration has its nominal value.</summary>
    public static WeatherSample Outdoor(double temperatureC) => new(temperatureC, 0.0, 0.0, 0.0, 4.0);

    public static SchoolParameters OneRoom() => new()
    {
        Zones = [ZoneParameters.Ordinary("Room", 60.0, 3.0, new GlazedFacade(180.0, 12.0))],
        Circuits = [new CircuitParameters { Name = "Radiators" }],
    };

    public static School Empty(SchoolParameters parameters, WeatherSample weather) =>
        new(parameters, TypicalYear.Constant(weather), PupilPlan.Empty(parameters.Zones.Count), Monday);

    /// <summary>The one room with another emitter.</summary>
    public static SchoolParameters OneRoom(EnergyPilot.Core.Sites.Emitter emitter, double nominalW)
    {
        var room = OneRoom();
        return room with { Zones = [room.Zones[0] with { RadiatorNominalW = nominalW }], Circuits = [new CircuitParameters { Name = "Other", Emitter = emitter }] };
    }

    public static School Study(ulong seed) => new(
        StudySchool.Parameters() with { Seed = seed },
        TypicalYear.Uccle,
        new PupilPlan(StudySchool.People() with { Seed = seed }),
        Monday);

    public static void Heat(School school, double setpointC)
    {
        school.ValveCommand.Fill(1.0);
        school.Circuits[0].PumpOn = true;
        school.Circuits[0].MixingCommand = 1.0;
        school.Boiler.Release = true;
        school.Boiler.SetpointC = setpointC;
    }
}
