using System.Collections.Immutable;

namespace EnergyPilot.Core.Learning;

/// <summary>
/// What is believed of a zone before it is measured: a log-normal distribution around a model. It may come from a similar zone of
/// another school; then its spread should be smaller than the ordinary one, but not zero.
/// </summary>
/// <param name="Model">Its median.</param>
/// <param name="Spread">Standard deviation of the logarithm of each parameter, in the order of <see cref="ZoneModel.Values"/>.</param>
public sealed record ZonePrior(ZoneModel Model, ImmutableArray<double> Spread)
{
    /// <summary>For a zone of which nothing is known.</summary>
    public static readonly ZonePrior Ordinary = new(ZoneModel.Prior, ZoneModel.Spread);

    /// <summary>No parameter leaves the median by more than this many standard deviations.</summary>
    public const double Reach = 3;

    /// <summary>Whether every parameter of a model is a number in the box around the median; what was imported should be asked first.</summary>
    public bool Holds(ZoneModel model)
    {
        var (values, medians) = (model.Values, Model.Values);
        for (var i = 0; i < ZoneModel.Count; i++)
        {
            var inside = values[i] > 0 && Math.Abs(Math.Log(values[i] / medians[i])) <= Reach * Spread[i] + 1e-9;
            if (!inside) return false;
        }

        return true;
    }
}
