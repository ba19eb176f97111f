using EnergyPilot.Core.Units;

namespace EnergyPilot.Core.Legal;

/// <summary>
/// Up to what temperature the law allows heating (Code de l'énergie, R.241-26 and R.241-27): on average while in use, and while empty
/// by the length of the absence. It limits heating, not temperature: a room that the sun warms breaks no law.
/// </summary>
/// <param name="InUse">Volume-weighted mean over the rooms of a building; absences shorter than a day count with it.</param>
/// <param name="EmptyForADay">Empty for 24 h or more and less than 48 h.</param>
/// <param name="EmptyForLong">Empty for 48 h or more.</param>
public sealed record LegalLimits(Celsius InUse, Celsius EmptyForADay, Celsius EmptyForLong)
{
    /// <summary>Teaching premises, offices and most others.</summary>
    public static readonly LegalLimits Ordinary = new(new(19), new(16), new(8));

    /// <summary>Premises to which the law sets no such limit.</summary>
    public static readonly LegalLimits None = new(new(double.PositiveInfinity), new(double.PositiveInfinity), new(double.PositiveInfinity));

    public bool Apply => double.IsFinite(InUse.Degrees);

    public Celsius Of(Occupancy occupancy) => occupancy switch
    {
        Occupancy.EmptyForADay => EmptyForADay,
        Occupancy.EmptyForLong => EmptyForLong,
        _ => InUse,
    };
}
