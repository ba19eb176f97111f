using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>A browser in which somebody is signed in.</summary>
/// <param name="Id">Its number; none is given twice. Below zero where the card did not take it.</param>
/// <param name="Seen">When it last asked for something, to ten minutes.</param>
/// <param name="From">The network address that it signed in from.</param>
/// <param name="Browser">What it calls itself, in a word or two.</param>
internal sealed record Session(long Id, string Account, DateTimeOffset Created, DateTimeOffset Seen, string From, string Browser);

/// <summary>
/// Who is signed in where. Looked up in memory at each request; on the card is the hash of what the browser keeps. A session ends when its account
/// says so, or after a week unseen.
/// </summary>
internal sealed class SessionBook
{
    /// <summary>With one more the one that was unseen for longest ends.</summary>
    public const int MostPerAccount = 20;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(7), SeenEvery = TimeSpan.FromMinutes(10);
    private readonly StoreFile file;
    private readonly TimeProvider time;
    private readonly Lazy<ConcurrentDictionary<string, Session>> all;
    private long unwritten;

    public SessionBook(StoreFile file, TimeProvider time)
    {
        (this.file, this.time) = (file, time);
        all = new(Read);
    }

    /// <summary>The key of a new session: for the browser alone.</summary>
    public string Begin(string account, string from, string browser)
    {
        var (key, now) = (RandomKey.Make(), time.GetUtcNow());
        foreach (var old in all.Value.Where(s => IsOver(s.Value, now)).ToList()) Forget(old.Key);
        foreach (var surplus in Mine(account).OrderByDescending(s => s.Value.Seen).Skip(MostPerAccount - 1).ToList()) Forget(surplus.Key);
        var hash = RandomKey.HashOf(key);
        // Whoever must mend a gateway whose card takes nothing has to get in: until it ends, the session is then in memory alone.
        var id = Interlocked.Decrement(ref unwritten);
        file.TryWrite(connection => id = connection.Number(
            "INSERT INTO session (hash, account, created, seen, origin, browser) VALUES (@hash, @account, @at, @at, @from, @browser) RETURNING id",
            ("@hash", hash), ("@account", account), ("@at", now.Milliseconds()), ("@from", from), ("@browser", browser)));
        all.Value[hash] = new(id, account, now, now, from, browser);
        return key;
    }

    /// <summary>The session of a key, which is thereby seen; none when it has ended.</summary>
    public bool TryFind(string key, [NotNullWhen(true)] out Session? session)
    {
        var (hash, now) = (RandomKey.HashOf(key), time.GetUtcNow());
        if (!all.Value.TryGetValue(hash, out session) || IsOver(session, now)) return false;
        if ((now - session.Seen).Duration() < SeenEvery) return true;
        var seen = session with { Seen = now };
        if (all.Value.TryUpdate(hash, seen, session)) Keep(hash, now);
        session = seen;
        return true;
    }

    /// <summary>Whose they are, newest first.</summary>
    public ImmutableArray<Session> Of(string account) =>
        [.. Mine(account).Select(s => s.Value).Where(s => !IsOver(s, time.GetUtcNow())).OrderByDescending(s => s.Seen).ThenByDescending(s => s.Id)];

    public bool End(string account, long id) => Mine(account).Where(s => s.Value.Id == id).ToList() is [var found] && Remove(found.Key);

    /// <summary>Ends all of an account but one; 0 spares none.</summary>
    public int EndOthers(string account, long spared) => Mine(account).Where(s => s.Value.Id != spared).ToList().Count(s => Remove(s.Key));

    private IEnumerable<KeyValuePair<string, Session>> Mine(string account) =>
        all.Value.Where(s => string.Equals(s.Value.Account, account, StringComparison.OrdinalIgnoreCase));

    private static bool IsOver(Session session, DateTimeOffset now) => now - session.Seen > Kept;

    // From memory first: what the card does not take is over all the same.
    private bool Remove(string hash)
    {
        var was = all.Value.TryRemove(hash, out _);
        file.Write(connection => Delete(connection, hash));
        return was;
    }

    private void Forget(string hash)
    {
        all.Value.TryRemove(hash, out _);
        file.TryWrite(connection => Delete(connection, hash));
    }

    private static void Delete(SqliteConnection connection, string hash) => connection.Execute("DELETE FROM session WHERE hash = @hash", ("@hash", hash));

    // When somebody was last seen is worth no failed request.
    private void Keep(string hash, DateTimeOffset seen) =>
        file.TryWrite(connection => connection.Execute("UPDATE session SET seen = @seen WHERE hash = @hash", ("@hash", hash), ("@seen", seen.Milliseconds())));

    private ConcurrentDictionary<string, Session> Read() => new(file.Read(connection => connection.Query(
        "SELECT hash, id, account, created, seen, origin, browser FROM session",
        row => KeyValuePair.Create(row.GetString(0), new Session(row.GetInt64(1), row.GetString(2), row.Time(3), row.Time(4), row.GetString(5), row.GetString(6))))));
}
