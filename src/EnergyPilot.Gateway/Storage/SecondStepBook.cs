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
/// with a count of their own that a right password does not clear.
/// </summary>
internal sealed class SecondStepBook(StoreFile file, TimeProvider time)
{
    private const int PaperCodes = 8, PaperSigns = 16, LongestTyped = 40;

    // As on the one-time code of the first start: nothing that looks like something else.
    private const string Signs = "34679ACDEFGHJKMNPQRTWXY";
    private readonly Lock oneAtATime = new();

    public bool IsOn(string account) => file.Read(connection => connection.Number("SELECT count(*) FROM second_factor WHERE account = @account", ("@account", account))) > 0;

    public int PaperCodesLeft(string account) => (int)file.Read(connection => connection.Number("SELECT count(*) FROM recovery_code WHERE account = @account", ("@account", account)));

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

    /// <summary>One at a time, so that tries in parallel do not outrun the lock-out.</summary>
    public CodeAnswer Check(string account, string typed)
    {
        lock (oneAtATime)
        {
            if (Find(account) is not var (secret, used, failures, lockedUntil)) return CodeAnswer.Refused;
            var now = time.GetUtcNow();
            if (LockOut.Holds(lockedUntil, now)) return new(SignIn.LockedOut, lockedUntil);
            var isRight = Totp.TryMatch(secret, typed, now, used, out var step) || Spend(account, typed);
            file.Write(connection => connection.Execute(
                "UPDATE second_factor SET step = max(step, @step), failures = @failures, locked_until = @until WHERE account = @account",
                ("@account", account), ("@step", step), ("@failures", isRight ? 0 : failures + 1), ("@until", (isRight ? DateTimeOffset.UnixEpoch : LockOut.After(failures + 1, now)).Milliseconds())));
            return isRight ? CodeAnswer.Welcome : CodeAnswer.Refused;
        }
    }

    private (byte[] Secret, long Used, int Failures, DateTimeOffset LockedUntil)? Find(string account) => file.Read(connection => connection.Query(
        "SELECT secret, step, failures, locked_until FROM second_factor WHERE account = @account",
        row => ((byte[], long, int, DateTimeOffset)?)(row.GetFieldValue<byte[]>(0), row.GetInt64(1), row.GetInt32(2), row.Time(3)), ("@account", account)).FirstOrDefault());

    private bool Spend(string account, string typed)
    {
        var signs = typed.Length > LongestTyped ? "" : new string([.. typed.Where(char.IsAsciiLetterOrDigit)]).ToUpperInvariant();
        return signs.Length == PaperSigns && file.Write(connection => connection.Execute(
            "DELETE FROM recovery_code WHERE account = @account AND hash = @hash", ("@account", account), ("@hash", HashOf(account, signs)))) == 1;
    }

    private static void Remove(SqliteConnection connection, string account)
    {
        connection.Execute("DELETE FROM second_factor WHERE account = @account", ("@account", account));
        connection.Execute("DELETE FROM recovery_code WHERE account = @account", ("@account", account));
    }

    // 72 bits of chance: the name is salt enough, so that two accounts' codes are not tried at once.
    private static string HashOf(string account, string code) => RandomKey.HashOf($"{account.ToUpperInvariant()}\n{code}");
}
