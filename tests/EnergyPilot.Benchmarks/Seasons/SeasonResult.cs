namespace EnergyPilot.Benchmarks.Seasons;

/// <summary>What one season of one building under one control cost and how it felt. Per square metre of heated floor; cold and heat of zones are means over all of them.</summary>
internal sealed record SeasonResult
{
    public required string Building { get; init; }

    public required string Controller { get; init; }

    public required int Days { get; init; }

    /// <summary>Final energy: gas on its gross calorific value, heat of the district, or electricity of the heat pump.</summary>
    public double EnergyKwhPerM2 { get; init; } = double.NaN;

    /// <summary>From the radiators into the rooms.</summary>
    public double HeatKwhPerM2 { get; init; } = double.NaN;

    public double PumpKwhPerM2 { get; init; } = double.NaN;

    /// <summary>Final energy and pumps.</summary>
    public double EurosPerM2 { get; init; } = double.NaN;

    /// <summary>Heat made over final energy; a heat pump's seasonal performance.</summary>
    public double Efficiency { get; init; } = double.NaN;

    public double Starts { get; init; } = double.NaN;

    /// <summary>Below 19 °C while people are there.</summary>
    public double ColdKelvinHours { get; init; } = double.NaN;

    public double ColdKelvinHoursWorst { get; init; } = double.NaN;

    /// <summary>Above 24 °C while people are there.</summary>
    public double HotKelvinHours { get; init; } = double.NaN;

    /// <summary>The coldest first use of a zone after two weeks, in kelvins below 19 °C.</summary>
    public double LatestK { get; init; } = double.NaN;

    /// <summary>First uses more than 0.5 K below 19 °C, after two weeks, of <see cref="Mornings"/>.</summary>
    public int LateMornings { get; init; }

    public int Mornings { get; init; }

    /// <summary>Of a bound: how far it may be from the true optimum, as a share of it.</summary>
    public double ProvenWithin { get; init; } = double.NaN;

    public double ValveMovesPerZoneDay { get; init; } = double.NaN;

    /// <summary>Highest mean of 60 minutes of the heat that the source makes, as a meter sees it: what warms water and iron is part of it.</summary>
    public double PeakKw { get; init; } = double.NaN;

    /// <summary>How long that mean was above the subscribed power.</summary>
    public double OverLimitHours { get; init; } = double.NaN;

    /// <summary>Processor time of one decision.</summary>
    public double DecideMs { get; init; } = double.NaN;

    /// <summary>Processor time of learning and planning, whole season.</summary>
    public double StudySeconds { get; init; } = double.NaN;

    /// <summary>Whole run, processor time.</summary>
    public double Seconds { get; init; } = double.NaN;
}
