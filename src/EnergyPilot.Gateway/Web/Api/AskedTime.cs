using System.Diagnostics.CodeAnalysis;

namespace EnergyPilot.Gateway.Web.Api;

/// <summary>From when to when something is asked for.</summary>
internal readonly record struct AskedTime(DateTimeOffset From, DateTimeOffset To)
{
    private const int LongestDays = 400;

    /// <param name="end">The end, where none is named.</param>
    /// <param name="usualDays">So long before the end it begins, where no beginning is named.</param>
    public static bool TryRead(DateTimeOffset? from, DateTimeOffset? to, DateTimeOffset end, int usualDays, out AskedTime time, [NotNullWhen(false)] out BadParameter? wrong)
    {
        var last = to ?? end;
        var first = from ?? (last - DateTimeOffset.MinValue > TimeSpan.FromDays(usualDays) ? last.AddDays(-usualDays) : DateTimeOffset.MinValue);
        time = new(first, last);
        wrong = first <= last && last - first <= TimeSpan.FromDays(LongestDays) ? null
            : new BadParameter("from", $"{first.ToUniversalTime():O}", $"at most {LongestDays} days before {last.ToUniversalTime():O}, and not after it");
        return wrong is null;
    }
}
