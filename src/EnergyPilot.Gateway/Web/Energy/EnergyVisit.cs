using EnergyPilot.Core.Energy;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Gateway.Web.Energy;

/// <summary>One request for the energy page: which period and meter, worked out once for all parts of the page.</summary>
internal sealed class EnergyVisit(EnergyDesk desk, Visit visit)
{
    public EnergyQuestion Question { get; private set; } = new(EnergyPeriod.Of(PeriodLength.Week, EnergyPeriod.Earliest), null);

    /// <summary>Every meter in the period, in the order of the site file.</summary>
    public IReadOnlyList<MeterPeriod> Meters { get; private set; } = [];

    /// <summary>The meter that is shown in detail; null when the school has none.</summary>
    public MeterPeriod? Chosen => Meters.FirstOrDefault(m => m.Meter.Id == Question.Meter?.Id);

    public MeterPeriod Of(string meter) => Meters.First(m => m.Meter.Id == meter);

    public void Begin(string? period, string? day, string? meter)
    {
        Question = EnergyQuestion.Of(visit.Site, desk.Today, period, day, meter);
        Meters = [.. visit.Site.Meters.Select(m => desk.Of(m, Question.Period))];
    }
}
