using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>What a program may do with a token: look; also what staff do (overrides, answers, setpoints, calendar); also what installers do. Never accounts.</summary>
internal enum TokenScope { Read, Comfort, Settings }

/// <summary>A program's way in, in the name of an account.</summary>
/// <param name="Used">When it was last used, to ten minutes; the beginning of all clocks when it never was.</param>
internal sealed record Token(long Id, string Account, string Name, TokenScope Scope, DateTimeOffset Created, DateTimeOffset Ends, DateTimeOffset Used)
{
    /// <summary>What its bearer may: no more than its scope, and no more than its owner may now.</summary>
    public Role Role(Role owner) => (Role)Math.Min((int)owner, (int)Scope);

    public bool IsOver(DateTimeOffset now) => now >= Ends;
}

/// <summary>The tokens of programs: shown once, kept as a hash, looked up in memory.</summary>
internal sealed class TokenBook
{
    public const string Prefix = "ep_";
    public const int LongestName = 60, MostPerAccount = 20;
    private const int LongestKey = 100;
    private static readonly TimeSpan UsedEvery = TimeSpan.FromMinutes(10);
    private readonly StoreFile file;
    private readonly TimeProvider time;
    private readonly Lazy<ConcurrentDictionary<string, Token>> all;

    public TokenBook(StoreFile file, TimeProvider time)
    {
        (this.file, this.time) = (file, time);
        all = new(Read);
    }

    /// <summary>By owner and name.</summary>
    public ImmutableArray<Token> All => [.. all.Value.Values.OrderBy(t => t.Account, StringComparer.OrdinalIgnoreCase).ThenBy(t => t.Name, StringComparer.OrdinalIgnoreCase).ThenBy(t => t.Id)];

    public ImmutableArray<Token> Of(string account) => [.. All.Where(t => Is(t.Account, account))];

    /// <summary>A new token; the key is told this once. False when the account has too many.</summary>
    public bool TryAdd(string account, string name, TokenScope scope, DateTimeOffset ends, out string key)
    {
        key = "";
        if (Of(account).Length >= MostPerAccount) return false;
        key = Prefix + RandomKey.Make();
        var (hash, now) = (RandomKey.HashOf(key), time.GetUtcNow());
        var id = file.Write(connection => connection.Number(
            "INSERT INTO token (hash, account, name, scope, created, ends) VALUES (@hash, @account, @name, @scope, @at, @ends) RETURNING id",
            ("@hash", hash), ("@account", account), ("@name", name), ("@scope", scope.ToString()), ("@at", now.Milliseconds()), ("@ends", ends.Milliseconds())));
        all.Value[hash] = new(id, account, name, scope, now, ends, DateTimeOffset.UnixEpoch);
        return true;
    }

    /// <summary>The token of a key, which is thereby used; none when it is wrong, over or was taken back.</summary>
    public bool TryFind(string key, [NotNullWhen(true)] out Token? token)
    {
        token = null;
        if (key.Length > LongestKey || !key.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        var (hash, now) = (RandomKey.HashOf(key), time.GetUtcNow());
        if (!all.Value.TryGetValue(hash, out token) || token.IsOver(now)) return false;
        if ((now - token.Used).Duration() < UsedEvery) return true;
        var used = token with { Used = now };
        if (all.Value.TryUpdate(hash, used, token)) Keep(hash, now);
        token = used;
        return true;
    }

    public bool Revoke(long id)
    {
        if (all.Value.Where(t => t.Value.Id == id).ToList() is not [var found]) return false;
        // From memory first: what the card does not take is over all the same until the next start.
        all.Value.TryRemove(found.Key, out _);
        file.Write(connection => connection.Execute("DELETE FROM token WHERE id = @id", ("@id", id)));
        return true;
    }

    /// <summary>Those of an account that has gone: the card forgot them with it.</summary>
    public void Forget(string account)
    {
        foreach (var (hash, _) in all.Value.Where(t => Is(t.Value.Account, account)).ToList()) all.Value.TryRemove(hash, out _);
    }

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    // When it was last used is worth no failed request.
    private void Keep(string hash, DateTimeOffset used) =>
        file.TryWrite(connection => connection.Execute("UPDATE token SET used = @used WHERE hash = @hash", ("@hash", hash), ("@used", used.Milliseconds())));

    private ConcurrentDictionary<string, Token> Read() => new(file.Read(connection => connection.Query(
        "SELECT hash, id, account, name, scope, created, ends, used FROM token",
        row => KeyValuePair.Create(row.GetString(0), new Token(
            row.GetInt64(1), row.GetString(2), row.GetString(3), Enum.TryParse<TokenScope>(row.GetString(4), out var scope) ? scope : TokenScope.Read, row.Time(5), row.Time(6), row.Time(7))))));
}
