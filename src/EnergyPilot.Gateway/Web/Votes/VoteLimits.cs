using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Gateway.Web.Votes;

/// <summary>
/// Who voted where in the last half hour, in memory only and as a hash with a key of the day that is never written: not even whoever takes the gateway away
/// learns who voted. Behind one address (a router, a proxy) there may be many people; they are told so.
/// </summary>
internal sealed class VoteLimits(TimeProvider clock)
{
    public const int MostPerRoomAndDay = 60;

    // So many rooms' worth of votes that the limit of a room admits; beyond it nobody is remembered rather than the memory grow.
    private const int MostRemembered = 5000, KeyBytes = 32;

    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan KeyHolds = TimeSpan.FromDays(1);

    private readonly Lock gate = new();
    private readonly Dictionary<(ZoneId Zone, string Who), DateTimeOffset> voted = [];
    private byte[] key = RandomNumberGenerator.GetBytes(KeyBytes);
    private DateTimeOffset keyMade = clock.GetUtcNow();

    /// <summary>True when this address may vote for this room now, and it is noted that it did; else since when it may again.</summary>
    public bool TryTake(ZoneId zone, IPAddress? address, out DateTimeOffset again)
    {
        var now = clock.GetUtcNow();
        lock (gate)
        {
            Tidy(now);
            var place = (zone, Hash(address));
            if (voted.TryGetValue(place, out again) && now < again) return false;
            again = now + Pause;
            if (voted.Count < MostRemembered) voted[place] = again;
            return true;
        }
    }

    /// <summary>The vote could not be kept after all.</summary>
    public void GiveBack(ZoneId zone, IPAddress? address)
    {
        lock (gate) voted.Remove((zone, Hash(address)));
    }

    private void Tidy(DateTimeOffset now)
    {
        foreach (var (place, until) in voted)
            if (until <= now || until > now + Pause) voted.Remove(place);
        if ((now - keyMade).Duration() < KeyHolds) return;
        (key, keyMade) = (RandomNumberGenerator.GetBytes(KeyBytes), now);
        voted.Clear();
    }

    // A household's or a phone's IPv6 addresses change within their /64.
    private string Hash(IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true }) address = address.MapToIPv4();
        var bytes = address?.GetAddressBytes() ?? [];
        if (address is { AddressFamily: AddressFamily.InterNetworkV6 }) bytes = bytes[..8];
        return Convert.ToBase64String(HMACSHA256.HashData(key, bytes), 0, 12);
    }
}
