using EnergyPilot.Core.Energy;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Gateway.Web.Energy;

/// <summary>
/// The days of the meters, read from the store in stretches and kept while they are over and known as a whole: a year is then 365 small records and no reading.
/// Days that are not over, or have gaps that something late may still fill, are read again after a while.
/// </summary>
internal sealed class EnergyDays(PageDesk desk, TimeProvider clock)
{
    // Two years of four meters are 1.5 MB; whoever looks at more reads again. Of days without a history there are as many as somebody asks for.
    private const int MostKept = 4000, MostFrames = 1600, ChunkDays = 62;
    private static readonly TimeSpan Late = TimeSpan.FromHours(2), GapsKept = TimeSpan.FromMinutes(15), AllKept = TimeSpan.FromHours(24);

    private readonly Lock gate = new();
    private readonly Dictionary<(string Meter, DateOnly Day), HourAmount[]> whole = [], gaps = [];
    private readonly Dictionary<DateOnly, Frame> frames = [];
    private Site? site;
    private DateTimeOffset begun, gapsBegun;

    /// <summary>The days from one to another that have begun, in order. What they took is in kWh, or m³ of water.</summary>
    public IReadOnlyList<MeterDay> Of(Meter meter, DateOnly first, DateOnly last)
    {
        var school = desk.Site();
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(school.Local(now));
        if (last > today) last = today;
        if (first > last) return [];
        lock (gate)
        {
            Tidy(school, now);
            foreach (var (from, to) in Missing(first, last, d => frames.ContainsKey(d))) ReadFrames(school, from, to, today);
            foreach (var (from, to) in Missing(first, last, d => whole.ContainsKey((meter.Id, d)) || gaps.ContainsKey((meter.Id, d)))) Read(meter, from, to, now);
            return [.. Days(first, last).Select(day =>
            {
                var frame = frames[day];
                return new MeterDay(frame.Day, frame.Clock, whole.GetValueOrDefault((meter.Id, day)) ?? gaps[(meter.Id, day)], frame.Use, frame.Outdoor);
            })];
        }
    }

    private void Tidy(Site school, DateTimeOffset now)
    {
        // Another site has other meters, another calendar or other uses.
        if (!ReferenceEquals(site, school) || (now - begun).Duration() > AllKept || whole.Count > MostKept)
        {
            whole.Clear();
            frames.Clear();
            gapsBegun = default;
            (site, begun) = (school, now);
        }

        var isOld = (now - gapsBegun).Duration() > GapsKept;
        if (isOld) gapsBegun = now;
        foreach (var (key, _) in gaps.ToArray())
            if (isOld || !IsOver(key.Day, now))
            {
                gaps.Remove(key);
                frames.Remove(key.Day);
            }

        if (gaps.Count > MostKept) gaps.Clear();
        if (frames.Count > MostFrames) frames.Clear();
        foreach (var (day, frame) in frames.ToArray())
            if (!frame.IsWhole && (isOld || !IsOver(day, now))) frames.Remove(day);
    }

    private bool IsOver(DateOnly day, DateTimeOffset now) => frames.TryGetValue(day, out var frame) && now - frame.Day.End > Late;

    private void Read(Meter meter, DateOnly first, DateOnly last, DateTimeOffset now)
    {
        var stretches = desk.Index(meter.Index, frames[first].Day.Start, frames[last].Day.End);
        var begin = 0;
        foreach (var day in Days(first, last))
        {
            var frame = frames[day].Day;
            // From the last reading before the day; days come in order.
            while (begin + 1 < stretches.Length && stretches[begin + 1].LastAt <= frame.Start) begin++;
            var hours = IndexHours.Of(frame, Until(frame.End));
            for (var i = 0; i < hours.Length; i++) hours[i] = hours[i] with { Amount = hours[i].Amount * meter.AmountPerUnit };
            (Array.TrueForAll(hours, h => h.IsMeasured) && now - frame.End > Late ? whole : gaps)[(meter.Id, day)] = hours;
        }

        IEnumerable<IndexStretch> Until(DateTimeOffset end)
        {
            for (var i = begin; i < stretches.Length; i++)
            {
                yield return stretches[i];
                if (stretches[i].FirstAt >= end) yield break;
            }
        }
    }

    private void ReadFrames(Site school, DateOnly first, DateOnly last, DateOnly today)
    {
        LocalDay[] days = [.. Days(first, last).Select(day => LocalDay.Of(school, day))];
        var outdoor = new Dictionary<DateTimeOffset, double>();
        if (school.Outdoor is [var point, ..])
            foreach (var mean in desk.HourlyMeans(point, days[0].Start.AddHours(-1), days[^1].End))
                outdoor[mean.At] = mean.Value;
        foreach (var day in days)
        {
            double[] degrees = [.. Enumerable.Range(0, day.Count).Select(i => OutdoorAt(outdoor, day.Hour(i)))];
            frames[day.Day] = new Frame(day, day.Clock(school), DayUse.Of(school, day), degrees, day.Day < today && Array.TrueForAll(degrees, double.IsFinite));
        }
    }

    // Buckets begin on the full hour of UTC; where clocks differ by half an hour the one that has begun counts.
    private static double OutdoorAt(Dictionary<DateTimeOffset, double> means, DateTimeOffset at) =>
        means.TryGetValue(at, out var mean) || means.TryGetValue(at.AddMinutes(-at.Minute), out mean) ? mean : double.NaN;

    private static List<(DateOnly From, DateOnly To)> Missing(DateOnly first, DateOnly last, Func<DateOnly, bool> isKnown)
    {
        List<(DateOnly From, DateOnly To)> found = [];
        foreach (var day in Days(first, last))
        {
            if (isKnown(day)) continue;
            if (found is [.., var open] && open.To.AddDays(1) == day && day.DayNumber - open.From.DayNumber < ChunkDays) found[^1] = (open.From, day);
            else found.Add((day, day));
        }

        return found;
    }

    private static IEnumerable<DateOnly> Days(DateOnly first, DateOnly last) =>
        Enumerable.Range(first.DayNumber, last.DayNumber - first.DayNumber + 1).Select(DateOnly.FromDayNumber);

    /// <summary>What all meters share of a day.</summary>
    private sealed record Frame(LocalDay Day, byte[] Clock, DayUse Use, double[] Outdoor, bool IsWhole);
}
