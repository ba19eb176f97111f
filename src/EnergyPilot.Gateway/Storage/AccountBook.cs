using System.Collections.Immutable;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>
/// Who may sign in. There is no default password (ETSI EN 303 645, 5.1): the first account is made with a one-time code that
/// only somebody at the gateway can know. After five wrong passwords an account waits a minute, then twice as long each time.
/// One attempt at a time, so that attempts in parallel cannot outrun the lock-out, nor hashing take both processors.
/// </summary>
internal sealed class AccountBook
{
    private const int FreeFailures = 5, ShortestPassword = 10, LongestPassword = 200, LongestName = 64;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMinutes(1), LongestDelay = TimeSpan.FromHours(1);

    private readonly StoreFile file;
    private readonly TimeProvider time;
    private readonly SetupCodes codes;
    private readonly Lock oneAtATime = new();
    private Lazy<string> setupCode;

    public AccountBook(StoreFile file, TimeProvider time)
    {
        (this.file, this.time) = (file, time);
        codes = new(file);
        setupCode = new(() => IsEmpty && !codes.Exists ? codes.Make() : "");
    }

    public bool IsEmpty => file.Read(connection => connection.Number("SELECT count(*) FROM account")) == 0;

    public ImmutableArray<Account> All => file.Read(connection => connection.Query(
        "SELECT name, role, created FROM account ORDER BY name", row => new Account(row.GetString(0), RoleOf(row.GetString(1)), row.Time(2))));

    /// <summary>The one-time code for the first account, to be shown at the gateway: made when first asked for, empty when an earlier run has shown it or none is needed.</summary>
    public string SetupCode => setupCode.Value;

    /// <summary>A new setup code in place of one that was lost or used up; empty once an account exists.</summary>
    public string RenewSetupCode() => (setupCode = new(IsEmpty ? codes.Make() : "")).Value;

    /// <summary>The first account, an admin. The code is spent when it succeeds.</summary>
    public AccountChange CreateFirst(string code, string name, string password)
    {
        lock (oneAtATime)
        {
            if (!IsEmpty) return AccountChange.AlreadySetUp;
            if (Refusal(name, password) is not AccountChange.Done and var refusal) return refusal;
            if (codes.Check(code) is not AccountChange.Done and var wrong) return wrong;
            Insert(name, Role.Admin, password);
            setupCode = new("");
            return AccountChange.Done;
        }
    }

    public AccountChange Add(string name, Role role, string password)
    {
        if (Refusal(name, password) is not AccountChange.Done and var refusal) return refusal;
        return Insert(name, role, password);
    }

    /// <summary>Also ends a lock-out: whoever may change the password has been convinced.</summary>
    public AccountChange ChangePassword(string name, string password)
    {
        if (Refusal(name, password) is AccountChange.PasswordRefused) return AccountChange.PasswordRefused;
        var secret = Secret.Of(password);
        return file.Write(connection => connection.Execute(
            "UPDATE account SET algorithm = @algorithm, iterations = @iterations, salt = @salt, hash = @hash, failures = 0, locked_until = 0 WHERE name = @name",
            ("@name", name), ("@algorithm", secret.Algorithm), ("@iterations", secret.Iterations), ("@salt", secret.Salt), ("@hash", secret.Hash))) == 1
            ? AccountChange.Done : AccountChange.NoSuchAccount;
    }

    public AccountChange Remove(string name) => file.Write(connection =>
    {
        if (connection.Number("SELECT count(*) FROM account WHERE name = @name", ("@name", name)) == 0) return AccountChange.NoSuchAccount;
        if (connection.Number("SELECT count(*) FROM account WHERE role = 'Admin' AND name <> @name", ("@name", name)) == 0) return AccountChange.LastAdmin;
        connection.Execute("DELETE FROM account WHERE name = @name", ("@name", name));
        return AccountChange.Done;
    });

    public SignInAnswer Verify(string name, string password)
    {
        lock (oneAtATime)
        {
            if (Find(name) is not [var (account, secret, failures, lockedUntil)])
            {
                _ = Secret.Nobody.Is(Bounded(password));
                return SignInAnswer.Refused;
            }

            var now = time.GetUtcNow();
            // A lock longer than the longest was set before the clock went back, and counts as over.
            if (lockedUntil > now && lockedUntil <= now + LongestDelay) return SignInAnswer.Refused with { Result = SignIn.LockedOut, LockedUntil = lockedUntil };
            if (password.Length <= LongestPassword && secret.Is(password))
            {
                if (failures > 0) Keep(account.Name, 0, DateTimeOffset.UnixEpoch);
                return new(SignIn.Welcome, account, DateTimeOffset.MinValue);
            }

            Keep(account.Name, failures + 1, failures + 1 < FreeFailures ? DateTimeOffset.UnixEpoch : now + DelayAfter(failures + 1));
            return SignInAnswer.Refused;
        }
    }

    private static TimeSpan DelayAfter(int failures) =>
        TimeSpan.FromTicks(Math.Min(LongestDelay.Ticks, FirstDelay.Ticks << Math.Clamp(failures - FreeFailures, 0, 6)));

    private static string Bounded(string password) => password[..Math.Min(password.Length, LongestPassword)];

    private static AccountChange Refusal(string name, string password)
    {
        if (name.Length is 0 or > LongestName || name.Trim() != name || name.Any(char.IsControl)) return AccountChange.NameRefused;
        return password.Length is < ShortestPassword or > LongestPassword ? AccountChange.PasswordRefused : AccountChange.Done;
    }

    private AccountChange Insert(string name, Role role, string password)
    {
        var secret = Secret.Of(password);
        return file.Write(connection =>
        {
            SetupCodes.Spend(connection);
            return connection.Execute(
                """
                INSERT INTO account (name, role, algorithm, iterations, salt, hash, created)
                VALUES (@name, @role, @algorithm, @iterations, @salt, @hash, @created) ON CONFLICT (name) DO NOTHING
                """,
                ("@name", name), ("@role", role.ToString()), ("@algorithm", secret.Algorithm), ("@iterations", secret.Iterations),
                ("@salt", secret.Salt), ("@hash", secret.Hash), ("@created", time.GetUtcNow().Milliseconds())) == 1
                ? AccountChange.Done : AccountChange.NameTaken;
        });
    }

    private ImmutableArray<(Account Account, Secret Secret, int Failures, DateTimeOffset LockedUntil)> Find(string name) => file.Read(connection => connection.Query(
        "SELECT name, role, created, algorithm, iterations, salt, hash, failures, locked_until FROM account WHERE name = @name",
        row => (
            new Account(row.GetString(0), RoleOf(row.GetString(1)), row.Time(2)),
            new Secret(row.GetString(3), row.GetInt32(4), row.GetFieldValue<byte[]>(5), row.GetFieldValue<byte[]>(6)),
            row.GetInt32(7), row.Time(8)),
        ("@name", name)));

    private void Keep(string name, int failures, DateTimeOffset lockedUntil) => file.Write(connection => connection.Execute(
        "UPDATE account SET failures = @failures, locked_until = @until WHERE name = @name",
        ("@failures", failures), ("@until", lockedUntil.Milliseconds()), ("@name", name)));

    // A role that cannot be read may only look.
    private static Role RoleOf(string text) => Enum.TryParse<Role>(text, out var role) && Enum.IsDefined(role) ? role : Role.Viewer;
}
