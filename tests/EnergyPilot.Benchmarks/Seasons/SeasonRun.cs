using EnergyPilot.Simulation.Physics;
using EnergyPilot.Simulation.Weather;

namespace EnergyPilot.Benchmarks.Seasons;

/// <summary>One season: 1 October to 30 April unless shortened, minute by minute, control before physics.</summary>
internal sealed record SeasonRun(Building Building, Controller Controller, int Days)
{
    public const int FullDays = 212;

    public static readonly DateTimeOffset October = new(2025, 10, 1, 0, 0, 0, TimeSpan.FromHours(2));

    private const int MinutesPerDay = 1440;

    public SeasonResult Go(IProgress<double> progress) => Controller.Season(this, progress);

    /// <summary>The season under a control that sees sensors only.</summary>
    public SeasonResult Under(IControl control, IProgress<double> progress)
    {
        var begin = ThreadTime.Now;
        var school = new School(Building.School, TypicalYear.Uccle.With(Building.Weather), new PupilPlan(Building.People), October);
        var tally = new SeasonTally(this, school);
        for (var day = 0; day < Days; day++)
        {
            for (var minute = 0; minute < MinutesPerDay; minute++)
            {
                control.Minute(school);
                school.Advance(TimeSpan.FromMinutes(1));
                tally.Minute();
            }
            progress.Report((day + 1.0) / Days);
        }
        return tally.Result(control, ThreadTime.Now - begin);
    }
}
