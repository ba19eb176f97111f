using EnergyPilot.Core.Control;
using EnergyPilot.Core.Points;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Simulation;
using EnergyPilot.Simulation.Weather;

namespace EnergyPilot.Gateway.Hosting;

/// <summary>
/// Writes the year before a virtual school's start into its history: indexes of the meters that end where the meters stand at the start, so that they go on from there,
/// and the outdoor temperature. Whole days go in as packed hours, as everything old does; the day of the start as readings, one each quarter of an hour, so that it is folded
/// together with what is lived.
/// </summary>
internal static class DemoPast
{
    public const int Days = 400;

    // Gas on its gross calorific value: a condensing boiler of the virtual school in practice.
    private const double BoilerEfficiency = 0.93;
    private const ulong Seed = 1;

    public static void Write(VirtualSchool school, DateTimeOffset start, SampleLog samples, CancellationToken stop)
    {
        var midnight = Bucket.Start(start.Milliseconds(), Bucket.Day);
        var first = midnight - Days * Bucket.Day;
        PastHour[] hours = [.. MadeUpPast.Hours(school.Site, TypicalYear.Uccle, Sql.FromMilliseconds(first), start, Seed)];
        var outdoor = school.Site.Outdoor.Select(point => new Line(point, hours, start, h => h.OutdoorC));
        var meters = school.Site.Meters.Select(meter => Line.Index(meter.Index, hours, start, h => Counted(school.Site, meter, h), school.Shows(meter.Index)));
        Line[] lines = [.. meters, .. outdoor.Where(line => school.Site.Points.ContainsKey(line.Point))];
        samples.Prepend(lines.SelectMany(line => line.Days(Days, stop)), midnight, start);
        foreach (var at in Quarters(midnight, start.Milliseconds())) samples.Append(Cycle(school.Site, at, lines));
    }

    private static IEnumerable<DateTimeOffset> Quarters(long midnight, long start)
    {
        for (var at = midnight; at < start; at += Bucket.Quarter) yield return Sql.FromMilliseconds(at);
    }

    private static CycleRecord Cycle(Site site, DateTimeOffset at, Line[] lines) => new(
        site, new Snapshot(at, lines.ToDictionary(l => l.Point, l => Reading.Good(l.At(at.Milliseconds()), at)), []),
        new Decision(at, [], [], [], [], [], [], Memory.Empty));

    /// <summary>What a meter's index gains in an hour.</summary>
    private static double Counted(Site site, Meter meter, PastHour hour) => meter.Medium switch
    {
        Medium.Gas when site.Boiler.Kind == HeatSourceKind.Boiler && meter.KwhPerUnit > 0 => hour.HeatKwh / BoilerEfficiency / meter.KwhPerUnit,
        Medium.Electricity => hour.ElectricityKwh,
        Medium.Heat => hour.HeatKwh,
        Medium.Water => hour.WaterM3,
        _ => 0,
    };

    /// <summary>One point over all hours: values at their beginnings and ends of an index, means of a temperature.</summary>
    private sealed class Line(PointId point, PastHour[] hours, DateTimeOffset start, Func<PastHour, double> mean)
    {
        private readonly long first = hours[0].At.Milliseconds(), end = start.Milliseconds();
        private double[]? index;

        public PointId Point => point;

        // From the end backwards, so that the last value is what the meter shows at the start. The last hour may be cut short by the start.
        public static Line Index(PointId point, PastHour[] hours, DateTimeOffset start, Func<PastHour, double> gain, double last)
        {
            var index = new double[hours.Length + 1];
            index[^1] = last;
            for (var i = hours.Length - 1; i >= 0; i--)
            {
                var share = Math.Min(1, (start - hours[i].At) / TimeSpan.FromHours(1));
                index[i] = Math.Max(0, index[i + 1] - gain(hours[i]) * share);
            }

            return new Line(point, hours, start, _ => 0) { index = index };
        }

        public double At(long at)
        {
            var i = (int)Math.Clamp((at - first) / Bucket.Hour, 0, hours.Length - 1);
            if (index is null) return Math.Round(mean(hours[i]), 2);
            return index[i] + (index[i + 1] - index[i]) * (at - Begin(i)) / (Math.Min(end, Begin(i + 1)) - Begin(i));
        }

        public IEnumerable<PastDay> Days(int days, CancellationToken stop)
        {
            for (var day = 0; day < days; day++)
            {
                stop.ThrowIfCancellationRequested();
                yield return new PastDay(point, [.. Enumerable.Range(24 * day, 24).Select(i => (Begin(i), State(i)))]);
            }
        }

        // Two readings, at the beginning of the hour and shortly before its end, as an index that is read all the time would have left them.
        private RollUp State(int i)
        {
            var (begin, before) = (Begin(i), Begin(i + 1) - 1000);
            var (low, high) = (At(begin), index is null ? At(begin) : index[i + 1]);
            var seconds = (before - begin) / 1000.0;
            return new(2, seconds, (low + high) / 2 * seconds, Math.Min(low, high), Math.Max(low, high), low, begin, high, before, begin, before, high, index is null ? 0 : high - low);
        }

        private long Begin(int i) => first + i * Bucket.Hour;
    }
}
