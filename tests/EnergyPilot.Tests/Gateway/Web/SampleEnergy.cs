using System.Collections.Immutable;
using EnergyPilot.Core.Energy;
using EnergyPilot.Core.Points;
using EnergyPilot.Gateway.Web;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>What the meters of the sample school counted since a winter ago, and how cold it was, all by rule.</summary>
internal sealed class SampleEnergy
{
    private static readonly DateTimeOffset First = new(2024, 12, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Lazy<double[]> GasIndex = new(() => [.. Cumulated(i => GasM3(First.AddHours(i)))]), PowerIndex = new(() => [.. Cumulated(i => PowerKwh(First.AddHours(i)))]);

    /// <summary>When the history begins; later than everything where there is none.</summary>
    public DateTimeOffset Begins { get; set; } = First;

    /// <summary>Hours in which nothing was recorded.</summary>
    public Func<DateTimeOffset, bool> IsLost { get; set; } = _ => false;

    public DateTimeOffset Now { get; set; } = SampleSchool.Monday0612;

    public DateTimeOffset? MadeUpUntil { get; set; }

    public static double OutdoorC(DateTimeOffset at) =>
        10 - 8 * Math.Cos((at.DayOfYear - 15) / 58.1) + 3 * Math.Sin((at.Hour - 9) / 24.0 * 2 * Math.PI) + at.DayOfYear * 7 % 11 * 0.6 - 3;

    /// <summary>Gas of an hour [m³].</summary>
    public static double GasM3(DateTimeOffset hour)
    {
        var local = SampleSchool.Site.Local(hour);
        var isWeekend = local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        return Math.Max(0, 15 - OutdoorC(hour)) * (isWeekend ? 0.06 : local.Hour is >= 6 and < 16 ? 0.4 : 0.12);
    }

    public static ImmutableArray<EnergyPilot.Gateway.Web.Sample> Outdoor(PointId point, DateTimeOffset from, DateTimeOffset to)
    {
        List<EnergyPilot.Gateway.Web.Sample> means = [];
        for (var at = from > First ? from : First; at < to && at < SampleSchool.Monday0612; at = at.AddHours(1)) means.Add(new(at, OutdoorC(at)));
        return [.. means];
    }

    public ImmutableArray<IndexStretch> Index(PointId point, DateTimeOffset from, DateTimeOffset to)
    {
        var index = point.Name.Contains("gas", StringComparison.Ordinal) ? GasIndex.Value : PowerIndex.Value;
        List<IndexStretch> stretches = [];
        for (var i = Math.Max(0, (int)(from - First).TotalHours - 24); i < index.Length - 1; i++)
        {
            var at = First.AddHours(i);
            if (at < Begins || IsLost(at)) continue;
            if (at > Now || at > to.AddDays(1)) break;
            var share = Math.Min(1, (Now - at) / TimeSpan.FromHours(1));
            var last = index[i] + share * (index[i + 1] - index[i]);
            stretches.Add(new(at, index[i], at + share * TimeSpan.FromHours(1), last, last - index[i]));
        }

        return [.. stretches];
    }

    private static double PowerKwh(DateTimeOffset hour)
    {
        var local = SampleSchool.Site.Local(hour);
        return local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || local.Hour is < 8 or >= 17 ? 0.6 : 5.5;
    }

    private static IEnumerable<double> Cumulated(Func<int, double> gain)
    {
        var sum = 1000.0;
        for (var i = 0; i < 24 * 500; i++)
        {
            yield return sum;
            sum += gain(i);
        }
    }
}
