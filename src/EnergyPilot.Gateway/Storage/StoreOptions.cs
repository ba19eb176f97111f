using EnergyPilot.Core.Sites;

namespace EnergyPilot.Gateway.Storage;

/// <summary>How often the store writes and how long it keeps.</summary>
internal sealed record StoreOptions
{
    /// <summary>An open batch is committed at the first cycle in which it is this old, so with cycles of 10 s a power cut costs a minute at most: detail against the wear of the card.</summary>
    public TimeSpan CommitEvery { get; init; } = TimeSpan.FromSeconds(51);

    /// <summary>How long single samples are kept; their roll-ups stay.</summary>
    public TimeSpan RawKept { get; init; } = History.Usual.Detail;

    /// <summary>How long 15-minute roll-ups are kept; they become hours, which stay for good, as days do.</summary>
    public TimeSpan QuartersKept { get; init; } = History.Usual.Quarters;

    /// <summary>The most that the database may hold [bytes]; beyond it the oldest detail goes before its time.</summary>
    public long LargestBytes { get; init; } = History.Usual.LargestBytes;

    /// <summary>As a site file says.</summary>
    public static StoreOptions Of(History history) => new() { RawKept = history.Detail, QuartersKept = history.Quarters, LargestBytes = history.LargestBytes };

    /// <summary>How long decisions are kept: a heating season and the one before it.</summary>
    public TimeSpan DecisionsKept { get; init; } = TimeSpan.FromDays(400);

    /// <summary>How long days of the legal ledger are kept: as long as the monthly data of R.175-3.</summary>
    public TimeSpan LedgerKept { get; init; } = TimeSpan.FromDays(5 * 366);

    /// <summary>How long what learning looks at is kept; it looks at three weeks.</summary>
    public TimeSpan LearningKept { get; init; } = TimeSpan.FromDays(60);

    /// <summary>How long the scores of forecasts are kept.</summary>
    public TimeSpan MorningsKept { get; init; } = TimeSpan.FromDays(3 * 366);

    /// <summary>How long comfort votes are kept: a heating season and the one before it.</summary>
    public TimeSpan VotesKept { get; init; } = TimeSpan.FromDays(400);

    /// <summary>How long overrides that have ended are kept; who wished them stays in the audit. A supervisor and a city may wish a thousand a day.</summary>
    public TimeSpan OverridesKept { get; init; } = TimeSpan.FromDays(60);

    /// <summary>The clock that people's phones go by, where it is another than the gateway's; null where it is the same.</summary>
    public TimeProvider? PhoneClock { get; init; }
}
