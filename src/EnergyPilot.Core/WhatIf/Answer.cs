using System.Collections.Immutable;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Core.WhatIf;

/// <summary>The most probable value, and between what it lies in eight of ten draws from what the models leave open.</summary>
public readonly record struct Likely(double Middle, double Low, double High)
{
    /// <summary>Whether it is on one side of zero in eight of ten draws.</summary>
    public bool IsClear => Low > 0 || High < 0;
}

/// <summary>What a season needs and how it feels.</summary>
/// <param name="HeatKwh">Given by the radiators [kWh].</param>
/// <param name="EnergyKwh">Bought for it [kWh].</param>
/// <param name="Euro">Its price; not-a-number where no meter of the site file says one.</param>
/// <param name="Co2Kg">Its emissions [kg]; not-a-number where no meter says.</param>
/// <param name="ColdHours">Hours of use in which a zone is felt more than 1 K below the comfort setpoint of today, all zones together.</param>
/// <param name="ColdKelvinHours">And by how much, summed up [K·h].</param>
/// <param name="LateMornings">First uses of a day that begin more than 1.5 K below it, all zones together.</param>
public sealed record Amounts(Likely HeatKwh, Likely EnergyKwh, Likely Euro, Likely Co2Kg, Likely ColdHours, Likely ColdKelvinHours, Likely LateMornings);

/// <summary>What a question comes to, in one word.</summary>
public enum Outcome
{
    /// <summary>Not a kilowatt hour differs.</summary>
    Same,
    Saves,
    Costs,

    /// <summary>The models do not know on which side of nothing it lies.</summary>
    Unclear,
}

/// <summary>A zone's part in the answer.</summary>
/// <param name="HeatBeforeKwh">As it is [kWh].</param>
/// <param name="HeatAfterKwh">As it would be [kWh].</param>
/// <param name="LearnedDays">Good days behind its model.</param>
public sealed record ZoneOutcome(
    ZoneId Zone, double HeatBeforeKwh, double HeatAfterKwh, double ColdHoursBefore, double ColdHoursAfter, double ColdKelvinHoursBefore, double ColdKelvinHoursAfter, double LearnedDays);

/// <summary>What was made of the meter of the heat source.</summary>
public enum Metered
{
    /// <summary>No meter counts this heat alone, or not for long enough.</summary>
    No,

    /// <summary>All energy is scaled so that the past comes to what the meter counted.</summary>
    Scaled,

    /// <summary>Models and meter are too far apart to be about the same heat: nothing is scaled.</summary>
    TooFar,
}

/// <summary>What of the law a change would break that is kept today.</summary>
public enum LegalWarning
{
    /// <summary>More than 19 °C on average while in use (R.241-26).</summary>
    InUse,

    /// <summary>More than 16 °C while empty for 24 to 48 h (R.241-27).</summary>
    EmptyForADay,

    /// <summary>More than 8 °C while empty for longer (R.241-27).</summary>
    EmptyForLong,
}

/// <summary>The answer to a question.</summary>
/// <param name="Before">The season as it is.</param>
/// <param name="After">As it would be.</param>
/// <param name="Saved">Before less after, draw by draw.</param>
/// <param name="Zones">In the site's order, by the most probable models.</param>
/// <param name="Factor">By which the models' energy was multiplied to agree with the meter; 1 for none.</param>
/// <param name="LearnedDays">Good days behind the model that knows least, of the zones that the question is about.</param>
public sealed record Answer(
    Question Question, Amounts Before, Amounts After, Amounts Saved, ImmutableArray<ZoneOutcome> Zones, Metered Metered, double Factor, double LearnedDays,
    ImmutableArray<LegalWarning> Warnings, int MeasuredDays, int TypicalDays)
{
    /// <summary>With fewer good days behind a model its answers are told to be guesses.</summary>
    public const double WellKnownDays = 7;

    /// <summary>Half a kilowatt hour in a season is nothing.</summary>
    private const double Nothing = 0.5;

    public bool IsWellKnown => LearnedDays >= WellKnownDays;

    public Outcome Outcome =>
        Math.Max(Math.Abs(Saved.EnergyKwh.Low), Math.Abs(Saved.EnergyKwh.High)) < Nothing ? Outcome.Same
        : !Saved.EnergyKwh.IsClear ? Outcome.Unclear
        : Saved.EnergyKwh.Middle > 0 ? Outcome.Saves : Outcome.Costs;

    /// <summary>The zone that would be felt coldest beyond what it is today; null when none would.</summary>
    public ZoneOutcome? Worst => Zones.Where(z => z.ColdKelvinHoursAfter > z.ColdKelvinHoursBefore + Nothing).MaxBy(z => z.ColdKelvinHoursAfter - z.ColdKelvinHoursBefore);
}
