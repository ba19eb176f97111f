using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>What became of a typed code.</summary>
/// <param name="LockedUntil">When it may be tried again; meaningful when locked out.</param>
internal sealed record CodeAnswer(SignIn Result, DateTimeOffset LockedUntil)
{
    public static readonly CodeAnswer Welcome = new(SignIn.Welcome, DateTimeOffset.MinValue), Refused = new(SignIn.Refused, DateTimeOffset.MinValue);
}

/// <summary>
/// The second step of signing in: a code from a phone, or one of eight codes on paper, each good once. The secret of the codes must be kept
/// readable, in the database that only the gateway may read; the codes on paper are kept as hashes. Wrong codes lock out as wrong passwords do,
/// with a count of their own that a right password does not clear. What a card does not take of this is remembered until it does, or the gateway ends.
/// </summary>
internal sealed class SecondStepBook(StoreFile file, TimeProvider time)
{
    private const int PaperCodes = 8, PaperSigns = 16, LongestTyped = 40;

    // As on the one-time code of the first start: nothing that looks like something else.
    private const string Signs = "34679ACDEFGHJKMNPQRTWXY";
    private readonly Lock oneAtATime = new();

    // Whoever must mend a gateway whose card takes nothing has to get in, and a code is good once all the same.
    private readonly Dictionary<string, Standing> unwritten = new(StringComparer.OrdinalIgnoreCase);

    public bool IsOn(string account) => file.Read(connection => connection.Number("SELECT count(*) FROM second_factor WHERE account = @account", ("@account", account))) > 0;

    public int PaperCodesLeft(string account)
    {
        lock (oneAtATime) return (int)Count(account, "") - (Find(account)?.Spent.Count ?? 0);
    }

    /// <summary>Switches it on, once the phone has shown a right code for this secret, and gives the codes on paper; none when the code was wrong.</summary>
    public string[] TurnOn(string account, byte[] secret, string typed)
    {
        if (!Totp.TryMatch(secret, typed, time.GetUtcNow(), 0, out var step)) return [];
        var paper = Enumerable.Range(0, PaperCodes).Select(_ => RandomNumberGenerator.GetString(Signs, PaperSigns)).ToArray();
        file.Write(connection =>
        {
            Remove(connection, account);
            connection.Execute(
                "INSERT INTO second_factor (account, secret, created, step) VALUES (@account, @secret, @at, @step)",
                ("@account", account), ("@secret", secret), ("@at", time.GetUtcNow().Milliseconds()), ("@step", step));
            foreach (var code in paper) connection.Execute("INSERT INTO recovery_code (account, hash) VALUES (@account, @hash)", ("@account", account), ("@hash", HashOf(account, code)));
        });
        return [.. paper.Select(p => string.Join('-', p.Chunk(4).Select(c => new string(c))))];
    }

    public void TurnOff(string account) => file.Write(connection => Remove(connection, account));

    /// <summary>Ends a lock-out that the card did not take; the account book ends one that it did.</summary>
    public void Forgive(string account)
    {
        lock (oneAtATime)
            if (unwritten.TryGetValue(account, out var standing)) unwritten[account] = standing with { Failures = 0, LockedUntil = DateTimeOffset.UnixEpoch };
    }

    /// <summary>One at a time, so that tries in parallel do not outrun the lock-out.</summary>
    public CodeAnswer Check(string account, string typed)
    {
        lock (oneAtATime)
        {
            if (Find(account) is not { } standing) return CodeAnswer.Refused;
            var now = time.GetUtcNow();
            if (LockOut.Holds(standing.LockedUntil, now)) return new(SignIn.LockedOut, standing.LockedUntil);
            var isRight = Totp.TryMatch(standing.Secret, typed, now, standing.Used, out var step) || TrySpend(account, typed, ref standing);
            var failures = isRight ? 0 : standing.Failures + 1;
            Keep(account, standing with { Used = Math.Max(standing.Used, step), Failures = failures, LockedUntil = isRight ? DateTimeOffset.UnixEpoch : LockOut.After(failures, now) });
            return isRight ? CodeAnswer.Welcome : CodeAnswer.Refused;
        }
    }

    // What was remembered of another secret is over: the second step was begun anew since.
    private Standing? Find(string account)
    {
        var known = file.Read(connection => connection.Query(
            "SELECT secret, step, failures, locked_until FROM second_factor WHERE account = @account",
            row => new Standing(row.GetFieldValue<byte[]>(0), row.GetInt64(1), row.GetInt32(2), row.Time(3), []), ("@account", account)).FirstOrDefault());
        return known is not null && unwritten.TryGetValue(account, out var newer) && newer.Secret.AsSpan().SequenceEqual(known.Secret) ? newer : known;
    }

    private void Keep(string account, Standing standing)
    {
        var isKept = file.TryWrite(connection =>
        {
            foreach (var hash in standing.Spent) connection.Execute("DELETE FROM recovery_code WHERE account = @account AND hash = @hash", ("@account", account), ("@hash", hash));
            connection.Execute(
                "UPDATE second_factor SET step = max(step, @step), failures = @failures, locked_until = @until WHERE account = @account",
                ("@account", account), ("@step", standing.Used), ("@failures", standing.Failures), ("@until", standing.LockedUntil.Milliseconds()));
        });
        if (isKept) unwritten.Remove(account);
        else unwritten[account] = standing;
    }

    private bool TrySpend(string account, string typed, ref Standing standing)
    {
        var signs = typed.Length > LongestTyped ? "" : new string([.. typed.Where(char.IsAsciiLetterOrDigit)]).ToUpperInvariant();
        var hash = HashOf(account, signs);
        if (signs.Length != PaperSigns || standing.Spent.Contains(hash) || Count(account, hash) == 0) return false;
        standing = standing with { Spent = standing.Spent.Add(hash) };
        return true;
    }

    /// <param name="hash">Of one code, or empty for all of them.</param>
    private long Count(string account, string hash) => file.Read(connection => connection.Number(
        "SELECT count(*) FROM recovery_code WHERE account = @account AND @hash IN ('', hash)", ("@account", account), ("@hash", hash)));

    private static void Remove(SqliteConnection connection, string account)
    {
        connection.Execute("DELETE FROM second_factor WHERE account = @account", ("@account", account));
        connection.Execute("DELETE FROM recovery_code WHERE account = @account", ("@account", account));
    }

    // 72 bits of chance: the name is salt enough, so that two accounts' codes are not tried at once.
    private static string HashOf(string account, string code) => RandomKey.HashOf($"{account.ToUpperInvariant()}\n{code}");

    /// <param name="Used">The step of the last code that was good.</param>
    /// <param name="Spent">Hashes of codes on paper that were good, and that the card still has.</param>
    private sealed record Standing(byte[] Secret, long Used, int Failures, DateTimeOffset LockedUntil, ImmutableHashSet<string> Spent);
}
