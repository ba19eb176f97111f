using EnergyPilot.Core.Energy;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Gateway.Web.Energy;

/// <summary>What the energy pages, their downloads and the JSON interface tell, from the days of the meters.</summary>
internal sealed class EnergyDesk(PageDesk desk, EnergyDays days, TimeProvider clock)
{
    /// <summary>A signature looks back a little more than a year, so that it has seen every season.</summary>
    private const int SignatureDays = 400;

    private readonly Lock gate = new();
    private readonly Dictionary<string, (DateOnly Day, Site Site, Signature Signature)> signatures = [];
    private readonly Dictionary<string, (DateTimeOffset Hour, Site Site, TodaySoFar? Today)> todays = [];

    /// <summary>The school's date now.</summary>
    public DateOnly Today => DateOnly.FromDateTime(desk.Site().Local(clock.GetUtcNow()));

    /// <summary>Until when the history was made up; null when all of it was measured.</summary>
    public DateTimeOffset? MadeUpUntil => desk.MadeUpUntil();

    public MeterPeriod Of(Meter meter, EnergyPeriod period)
    {
        var now = clock.GetUtcNow();
        var own = days.Of(meter, period.First, period.Last);
        var account = EnergyAccount.Of(period, own, now);
        return new MeterPeriod(meter, account, Against(period.Previous), period.Length == PeriodLength.Year ? null : Against(period.LastYear), Standing());

        EnergyComparison? Against(EnergyPeriod other) => EnergyComparison.Of(period, own, other, days.Of(meter, other.First, other.Last));

        // By the days that have begun, as contracts count them.
        double Standing() => own.Sum(d => meter.EuroPerYear / (DateTime.IsLeapYear(d.Day.Day.Year) ? 366 : 365));
    }

    /// <summary>The days of a period, for downloads.</summary>
    public IReadOnlyList<MeterDay> Days(Meter meter, EnergyPeriod period) => days.Of(meter, period.First, period.Last);

    /// <summary>The signature of what a meter counts, from whole days before today.</summary>
    public Signature SignatureOf(Meter meter)
    {
        var (today, site) = (Today, desk.Site());
        lock (gate)
        {
            if (signatures.TryGetValue(meter.Id, out var known) && known.Day == today && ReferenceEquals(known.Site, site)) return known.Signature;
            var signature = Signature.Of(Whole(meter, today).Select(d => new SignatureDay(d.Day.Day, d.MeanOutdoor, d.Total, d.Use.IsSchoolDay)));
            signatures[meter.Id] = (today, site, signature);
            return signature;
        }
    }

    /// <summary>Today until the last full hour, beside what a day like this usually takes; none before the first full hour, or while nothing was counted.</summary>
    public TodaySoFar? TodayOf(Meter meter)
    {
        var (now, site) = (clock.GetUtcNow(), desk.Site());
        var hour = now.AddTicks(-(now.UtcTicks % TimeSpan.TicksPerHour));
        lock (gate)
        {
            if (todays.TryGetValue(meter.Id, out var known) && known.Hour == hour && ReferenceEquals(known.Site, site)) return known.Today;
            var today = SoFar(meter, hour);
            todays[meter.Id] = (hour, site, today);
            return today;
        }
    }

    /// <summary>A day that may be over, likewise; none where nothing was counted on it.</summary>
    public TodaySoFar? DayOf(Meter meter, DateOnly date)
    {
        if (date >= Today) return TodayOf(meter);
        if (days.Of(meter, date, date) is not [var day] || !day.Hours.Any(h => h.IsMeasured)) return null;
        var isWhole = day.Hours.All(h => h.IsMeasured);
        return new(day.Total, day.Day.Hour(day.Hours.Length), isWhole ? ExpectedDay.Of(SignatureOf(meter), Whole(meter, date), day, day.MeanOutdoor, day.Hours.Length) : null);
    }

    private TodaySoFar? SoFar(Meter meter, DateTimeOffset hour)
    {
        var date = Today;
        if (days.Of(meter, date, date) is not [var today]) return null;
        var passed = (int)((hour - today.Day.Start) / TimeSpan.FromHours(1));
        if (passed < 1 || !today.Hours.Take(passed).All(h => h.IsMeasured)) return null;
        var before = Whole(meter, date);
        var yesterday = before is [.., var last] && last.Day.Day == date.AddDays(-1) ? last : null;
        var outdoor = ExpectedDay.Outlook(today, yesterday, passed);
        return new(today.Until(passed), today.Day.Hour(passed), ExpectedDay.Of(SignatureOf(meter), before, today, outdoor, passed));
    }

    private MeterDay[] Whole(Meter meter, DateOnly today) =>
        [.. days.Of(meter, today.AddDays(-SignatureDays), today.AddDays(-1)).Where(d => Array.TrueForAll(d.Hours, h => h.IsMeasured))];
}

/// <summary>A meter in a period.</summary>
/// <param name="Previous">Beside the period before; none when too little is known of it.</param>
/// <param name="LastYear">Beside the same period a year before; none likewise, and for years, whose period before that is.</param>
/// <param name="StandingEuro">The standing charge of its days until today.</param>
internal sealed record MeterPeriod(Meter Meter, EnergyAccount Account, EnergyComparison? Previous, EnergyComparison? LastYear, double StandingEuro)
{
    /// <summary>What it cost with the standing charge; nothing where the site file names neither price.</summary>
    public double? CostEuro => Meter.CostEuro(Account.Amount) is { } cost ? cost + StandingEuro : StandingEuro > 0 ? StandingEuro : null;

    public double? EmissionsKg => Meter.EmissionsKg(Account.Amount);

    /// <summary>The share that was taken while nobody was there; not a number when nothing was taken.</summary>
    public double EmptyShare => Account.Shares.IsEmpty ? double.NaN : 1 - Account.Shares[(int)Occupied.InUse];
}

/// <summary>Today until a full hour.</summary>
/// <param name="Usual">What a day like this usually has taken by then; none when nobody knows.</param>
internal sealed record TodaySoFar(double Amount, DateTimeOffset Until, ExpectedDay? Usual);
