using System.ComponentModel.DataAnnotations;

namespace EnergyPilot.Gateway.Storage;

/// <summary>How often the store writes and how long it keeps.</summary>
internal sealed record StoreOptions
{
    /// <summary>An open batch is committed when it is this old: what a power cut may cost, against the wear of the card.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:15:00")]
    public TimeSpan CommitEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long single samples are kept; their roll-ups stay.</summary>
    public TimeSpan RawKept { get; init; } = TimeSpan.FromDays(60);

    /// <summary>How long 15-minute roll-ups are kept; hours and days stay for good.</summary>
    public TimeSpan QuartersKept { get; init; } = TimeSpan.FromDays(5 * 366);

    /// <summary>How long decisions are kept: a heating season and the one before it.</summary>
    public TimeSpan DecisionsKept { get; init; } = TimeSpan.FromDays(400);

    /// <summary>How long days of the legal ledger are kept: as long as the monthly data of R.175-3.</summary>
    public TimeSpan LedgerKept { get; init; } = TimeSpan.FromDays(5 * 366);
}
