using EnergyPilot.Core.Forecasts;
using EnergyPilot.Core.Sky;

namespace EnergyPilot.Core.Planning;

/// <summary>The time to come, in slices of half an hour that are the same for all zones: weather and what energy costs.</summary>
internal sealed class Ahead
{
    public static readonly TimeSpan Slice = TimeSpan.FromMinutes(30);
    public const double SliceHours = 0.5;

    // Waste is no goal even where energy costs nothing or less: an hour never weighs less than a twentieth of a mean one.
    private const double LeastWeight = 0.05;

    public Ahead(PlanRequest request)
    {
        At = request.At;
        Lengths = [.. request.Steps.Select(s => (int)(s.Ticks / Slice.Ticks))];
        Ends = new int[Lengths.Length];
        for (int k = 0, end = 0; k < Ends.Length; k++) Ends[k] = end += Lengths[k];
        Slices = new SliceAhead[Ends[^1]];
        for (var i = 0; i < Slices.Length; i++) Slices[i] = Look(request, At + i * Slice);
        Weigh();
    }

    public DateTimeOffset At { get; }

    /// <summary>Slices of each step, and how many have passed at its end.</summary>
    public int[] Lengths { get; }
    public int[] Ends { get; }
    public SliceAhead[] Slices { get; }

    public int Steps => Ends.Length;

    /// <summary>The greatest weight of all slices.</summary>
    public double Dearest { get; private set; }

    public DateTimeOffset End(int step) => At + Ends[step] * Slice;

    /// <summary>The slices of a step.</summary>
    public ReadOnlySpan<SliceAhead> Of(int step) => Slices.AsSpan(Ends[step] - Lengths[step], Lengths[step]);

    private static SliceAhead Look(PlanRequest request, DateTimeOffset from)
    {
        var middle = from + Slice / 2;
        var hour = request.Outlook.At(middle);
        var (euro, grams) = (Known(hour.EuroPerKwh, request.Otherwise.EuroPerKwh), Known(hour.GramsCo2PerKwh, request.Otherwise.GramsCo2PerKwh));
        var weight = request.Goal switch { PlanGoal.Cost => euro, PlanGoal.Co2 => grams, _ => 1 };
        var sun = Sun.At(middle, request.Place);
        var light = sun.ElevationDeg > 0 && hour.GlobalHorizontal > 0 ? Math.Min(hour.GlobalHorizontal, 1500) / 500 : 0;
        return new SliceAhead(
            Math.Clamp(Known(hour.Outdoor, request.Otherwise.Outdoor), -80, 80),
            light * Facing(sun, 90), light * Facing(sun, 180), light * Facing(sun, 270), euro, grams, weight);
    }

    private static double Facing(Sun sun, double azimuthDeg) => Math.Max(0, Math.Cos((sun.AzimuthDeg - azimuthDeg) * Math.PI / 180));

    private static double Known(double value, double otherwise) => double.IsFinite(value) ? value : otherwise;

    private void Weigh()
    {
        var mean = Slices.Average(s => Math.Clamp(s.Weight, 0, 1e9));
        for (var i = 0; i < Slices.Length; i++)
            Slices[i] = Slices[i] with { Weight = mean > 0 ? Math.Max(Math.Clamp(Slices[i].Weight, 0, 1e9) / mean, LeastWeight) : 1 };
        Dearest = Slices.Max(s => s.Weight);
    }
}

/// <summary>Half an hour to come.</summary>
/// <param name="Outdoor">[°C].</param>
/// <param name="SunEast">As in the zone model; likewise the others.</param>
/// <param name="EuroPerKwh">Of the source's energy.</param>
/// <param name="GramsCo2PerKwh">Of the source's energy.</param>
/// <param name="Weight">What its energy counts in the plan's goal; 1 on average.</param>
internal readonly record struct SliceAhead(
    double Outdoor, double SunEast, double SunSouth, double SunWest, double EuroPerKwh, double GramsCo2PerKwh, double Weight);
