using System.Collections.Immutable;
using System.Net;
using EnergyPilot.Core.Comfort;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Web.Votes;

/// <summary>Comfort votes: takes them in, makes suggestions of them, and does what staff decide about these, with the audit line that belongs to it.</summary>
internal sealed class VoteDesk(PageDesk desk, VoteBook book, VoteRooms rooms, AuditLog audit, VoteLimits limits, SetpointDesk setpoints, LiveView live, TimeProvider clock)
{
    /// <summary>So long a suggestion rests that staff put off.</summary>
    public static readonly TimeSpan NotNow = TimeSpan.FromDays(28);

    public const int LongestAddress = 120;

    private const int WeeksShown = 8;

    public VoteSettings Settings => rooms.Now;

    /// <summary>The room of this code.</summary>
    public Zone? RoomOf(string code) =>
        RoomCode.Of(code) is { Length: > 0 } wanted && rooms.Now.Codes.FirstOrDefault(c => c.Value == wanted).Key is { } zone ? desk.Site().Zones.FirstOrDefault(z => z.Id.Name == zone) : null;

    /// <summary>The codes of all rooms; those that had none get one.</summary>
    public ImmutableSortedDictionary<string, string> Codes(string who)
    {
        var missing = desk.Site().Zones.Where(z => !rooms.Now.Codes.ContainsKey(z.Id.Name)).ToList();
        if (missing.Count == 0) return rooms.Now.Codes;
        return rooms.Change(now => now with { Codes = now.Codes.SetItems(missing.Where(z => !now.Codes.ContainsKey(z.Id.Name)).Select(z => KeyValuePair.Create(z.Id.Name, RoomCode.New()))) }, who).Codes;
    }

    /// <summary>Takes a vote in; or says why not, and when again.</summary>
    public VoteAnswer Cast(Zone zone, Feeling feeling, IPAddress? address)
    {
        var now = clock.GetUtcNow();
        var tomorrow = desk.Site().Instant(desk.Site().Local(now).Date.AddDays(1));
        try
        {
            if (book.CountSince(zone.Id, tomorrow.AddDays(-1)) >= VoteLimits.MostPerRoomAndDay) return new(VoteOutcome.RoomIsFull, tomorrow);
            if (!limits.TryTake(zone.Id, address, out var again)) return new(VoteOutcome.TooSoon, again);
            book.Add(Vote(zone, feeling, now));
            return new(VoteOutcome.Counted, again);
        }
        catch (SqliteException)
        {
            limits.GiveBack(zone.Id, address);
            return new(VoteOutcome.NotKept, now);
        }
    }

    /// <summary>What the votes of a room come to at the moment.</summary>
    public ComfortSuggestion SuggestionFor(Zone zone)
    {
        var now = clock.GetUtcNow();
        return VoteRule.Of(book.Since(zone.Id, now - VoteRule.Window), BoundsOf(zone), now, desk.Site().Local);
    }

    /// <summary>Every room with what was voted there.</summary>
    public ImmutableArray<RoomVotes> Rooms()
    {
        var weeks = book.ByWeek(clock.GetUtcNow().AddDays(-7 * WeeksShown)).ToLookup(w => w.Zone);
        return [.. desk.Site().Zones.Select(z => new RoomVotes(z, SuggestionFor(z), Rests(z), [.. WeekRow.Of(weeks[z.Id])]))];
    }

    /// <summary>Suggestions that wait for an answer, for pages that only point to them.</summary>
    public IEnumerable<(Zone Zone, ComfortSuggestion Suggestion)> Open() =>
        desk.Site().Zones.Where(z => Rests(z) is null).Select(z => (z, SuggestionFor(z))).Where(s => s.Item2.IsChange);

    /// <summary>Where phones reach the page; where the one who asks does, as long as nobody has said.</summary>
    public string AddressFor(HttpRequest request) => rooms.Now.Address is { Length: > 0 } kept ? kept : $"{request.Scheme}://{request.Host}";

    public SetpointPreview Preview(Zone zone, ComfortSuggestion suggestion) => setpoints.Preview(zone.Id, suggestion.Setpoint);

    /// <summary>Sets what is suggested at the moment, when that is still the setpoint that somebody looked at.</summary>
    public SetpointOutcome Apply(Zone zone, Celsius seen, long basedOn, Visitor by, string note)
    {
        var suggestion = SuggestionFor(zone);
        if (!suggestion.IsChange || suggestion.Setpoint != seen) return SetpointOutcome.Outdated;
        var bounds = BoundsOf(zone);
        var outcome = setpoints.Apply(zone.Id, suggestion.Setpoint, basedOn, by, note);
        if (outcome != SetpointOutcome.Done) return outcome;
        var given = new GivenShift((bounds.Comfort - bounds.Given).Degrees, suggestion.Setpoint.Degrees);
        rooms.Change(now => now with { Given = now.Given.SetItem(zone.Id.Name, given) }, by.Name);
        Tell(by, "comfort suggestion applied", zone, bounds.Comfort.ToString(), suggestion.Setpoint.ToString());
        return outcome;
    }

    /// <summary>The suggestion for a room rests for four weeks.</summary>
    public void PutOff(Zone zone, Visitor by)
    {
        var until = clock.GetUtcNow() + NotNow;
        rooms.Change(now => now with { Resting = now.Resting.SetItem(zone.Id.Name, until.ToUnixTimeSeconds()) }, by.Name);
        Tell(by, "comfort suggestion put off", zone, "", FormattableString.Invariant($"until {until:u}"));
    }

    /// <summary>A new code for a room: its old poster leads nowhere from now on.</summary>
    public void Renew(Zone zone, Visitor by)
    {
        rooms.Change(now => now with { Codes = now.Codes.SetItem(zone.Id.Name, RoomCode.New()) }, by.Name);
        Tell(by, "code for votes renewed", zone, "", "");
    }

    /// <summary>Where phones reach the page; a sentence that can be printed on paper for years. False when it is no address of a page.</summary>
    public bool TryMoveTo(string address, Visitor by)
    {
        if (address.Length > LongestAddress || !Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")
            || uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0 || uri.Host.Length == 0) return false;
        var before = rooms.Now.Address;
        if (before == address) return true;
        rooms.Change(now => now with { Address = address }, by.Name);
        audit.Write(new AuditEntry(clock.GetUtcNow(), by.Name, by.From, "address for votes", "", before, address));
        return true;
    }

    private void Tell(Visitor by, string what, Zone zone, string old, string now) => audit.Write(new AuditEntry(clock.GetUtcNow(), by.Name, by.From, what, zone.Id.Name, old, now));

    private DateTimeOffset? Rests(Zone zone) =>
        rooms.Now.Rests(zone.Id, clock.GetUtcNow()) ? DateTimeOffset.FromUnixTimeSeconds(rooms.Now.Resting[zone.Id.Name]) : null;

    // The law's limit is for heating on average; votes do not make one room the exception.
    private SetpointBounds BoundsOf(Zone zone)
    {
        var (comfort, control) = (zone.Setpoints.Comfort, desk.Site().Control);
        var given = rooms.Now.Given.TryGetValue(zone.Id.Name, out var shift) && Math.Abs(shift.ToC - comfort.Degrees) < 0.01 ? shift.ToC - shift.FromC : 0;
        return new(comfort, new Kelvin(given), Celsius.Max(control.LowestSetpoint, zone.Setpoints.Reduced), Celsius.Min(zone.Limits.InUse, control.HighestSetpoint));
    }

    private ComfortVote Vote(Zone zone, Feeling feeling, DateTimeOffset now)
    {
        var unknown = new Celsius(double.NaN);
        if (live.Latest is not { } record || record.Decision.Targets.FirstOrDefault(t => t.Zone == zone.Id) is not { } target)
            return new(ComfortVote.SlotOf(now), zone.Id, feeling, unknown, zone.Setpoints.Comfort, unknown, InUse: false);
        var room = record.Decision.Demands.First(d => d.Zone == zone.Id).Room;
        var outdoor = record.Snapshot.MedianAir(record.Site.Outdoor);
        return new(
            ComfortVote.SlotOf(now), zone.Id, feeling, room.IsReliable ? new(room.Value) : unknown, target.Setpoint, outdoor.IsReliable ? new(outdoor.Value) : unknown, target.IsInUse);
    }
}

/// <summary>What became of a vote.</summary>
/// <param name="Again">From when on this device may vote for this room again.</param>
internal readonly record struct VoteAnswer(VoteOutcome Outcome, DateTimeOffset Again);

/// <summary>Whether a vote counts.</summary>
internal enum VoteOutcome { Counted, TooSoon, RoomIsFull, NotKept }

/// <summary>A room with its votes.</summary>
/// <param name="Rests">Until when its suggestion rests.</param>
/// <param name="Weeks">Newest first.</param>
internal sealed record RoomVotes(Zone Zone, ComfortSuggestion Suggestion, DateTimeOffset? Rests, ImmutableArray<WeekRow> Weeks);

/// <summary>The votes of a room in a week, by its Monday.</summary>
internal readonly record struct WeekRow(DateOnly Week, int Cold, int Fine, int Warm)
{
    public int All => Cold + Fine + Warm;

    public static IEnumerable<WeekRow> Of(IEnumerable<WeekVotes> votes) => votes.GroupBy(v => v.Week).OrderByDescending(g => g.Key).Select(g => new WeekRow(
        g.Key, Count(g, Feeling.TooCold), Count(g, Feeling.Fine), Count(g, Feeling.TooWarm)));

    private static int Count(IEnumerable<WeekVotes> week, Feeling feeling) => week.Where(v => v.Feeling == feeling).Sum(v => v.Count);
}
