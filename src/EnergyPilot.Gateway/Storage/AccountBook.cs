using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>
/// Who may sign in. There is no default password (ETSI EN 303 645, 5.1): the first account is made with a one-time code that
/// only somebody at the gateway can know. After five wrong passwords an account waits a minute, then twice as long each time.
/// One attempt at a time, so that attempts in parallel cannot outrun the lock-out, nor hashing take both processors.
/// </summary>
internal sealed class AccountBook
{
    public const int ShortestPassword = 10, LongestPassword = 200, LongestName = 64;

    private readonly StoreFile file;
    private readonly TimeProvider time;
    private readonly SetupCodes codes;
    private readonly Lock oneAtATime = new();
    private volatile Known? known;

    public AccountBook(StoreFile file, TimeProvider time)
    {
        (this.file, this.time) = (file, time);
        codes = new(file);
    }

    public bool IsEmpty => All.IsEmpty;

    /// <summary>Everybody, by name; held in memory, for each request asks.</summary>
    public ImmutableArray<Account> All => (known ??= new(ReadAll())).Accounts;

    public bool TryFind(string name, [NotNullWhen(true)] out Account? account)
    {
        account = All.FirstOrDefault(a => string.Equals(a.Name, name, StringComparison.OrdinalIgnoreCase));
        return account is not null;
    }

    /// <summary>A new one-time code for the first account, to be shown at the gateway, in place of any older one; empty once an account exists.</summary>
    public string RenewSetupCode() => IsEmpty ? codes.Make() : "";

    /// <summary>The first account, an admin. The code is spent when it succeeds.</summary>
    public AccountChange CreateFirst(string code, string name, string password)
    {
        lock (oneAtATime)
        {
            if (!IsEmpty) return AccountChange.AlreadySetUp;
            if (Refusal(name, password) is not AccountChange.Done and var refusal) return refusal;
            if (codes.Check(code) is not AccountChange.Done and var wrong) return wrong;
            Insert(name, Role.Admin, password, PasswordBy.Owner);
            return AccountChange.Done;
        }
    }

    public AccountChange Add(string name, Role role, string password, PasswordBy by = PasswordBy.Owner)
    {
        if (Refusal(name, password) is not AccountChange.Done and var refusal) return refusal;
        return Insert(name, role, password, by);
    }

    /// <summary>Also ends a lock-out: whoever may change the password has been convinced.</summary>
    public AccountChange ChangePassword(string name, string password, PasswordBy by = PasswordBy.Owner)
    {
        if (Refusal(name, password) is AccountChange.PasswordRefused) return AccountChange.PasswordRefused;
        var secret = Secret.Of(password);
        return Write(connection => connection.Execute(
            "UPDATE account SET algorithm = @algorithm, iterations = @iterations, salt = @salt, hash = @hash, given = @given, failures = 0, locked_until = 0 WHERE name = @name",
            ("@name", name), ("@algorithm", secret.Algorithm), ("@iterations", secret.Iterations), ("@salt", secret.Salt), ("@hash", secret.Hash), ("@given", (int)by))) == 1
            ? AccountChange.Done : AccountChange.NoSuchAccount;
    }

    public AccountChange ChangeRole(string name, Role role) => Write(connection =>
    {
        if (role != Role.Admin && !HasOtherAdmin(connection, name)) return AccountChange.LastAdmin;
        return connection.Execute("UPDATE account SET role = @role WHERE name = @name", ("@name", name), ("@role", role.ToString())) == 1
            ? AccountChange.Done : AccountChange.NoSuchAccount;
    });

    /// <summary>Ends a lock-out, also one of the second step.</summary>
    public AccountChange Unlock(string name) => Write(connection =>
    {
        connection.Execute("UPDATE second_factor SET failures = 0, locked_until = 0 WHERE account = @name", ("@name", name));
        return connection.Execute("UPDATE account SET failures = 0, locked_until = 0 WHERE name = @name", ("@name", name)) == 1 ? AccountChange.Done : AccountChange.NoSuchAccount;
    });

    /// <summary>With all that hangs on it: an account of the same name, made later, finds no session, no token and no second step.</summary>
    public AccountChange Remove(string name) => Write(connection =>
    {
        if (connection.Number("SELECT count(*) FROM account WHERE name = @name", ("@name", name)) == 0) return AccountChange.NoSuchAccount;
        if (!HasOtherAdmin(connection, name)) return AccountChange.LastAdmin;
        foreach (var table in (ReadOnlySpan<string>)["session", "token", "second_factor", "recovery_code"])
            connection.Execute($"DELETE FROM {table} WHERE account = @name", ("@name", name));
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
            if (LockOut.Holds(lockedUntil, now)) return SignInAnswer.Refused with { Result = SignIn.LockedOut, LockedUntil = lockedUntil };
            if (password.Length <= LongestPassword && secret.Is(password))
            {
                if (failures > 0) Forgive(account.Name);
                return new(SignIn.Welcome, account, DateTimeOffset.MinValue);
            }

            Keep(account.Name, failures + 1, LockOut.After(failures + 1, now));
            return SignInAnswer.Refused;
        }
    }

    private static string Bounded(string password) => password[..Math.Min(password.Length, LongestPassword)];

    private static AccountChange Refusal(string name, string password)
    {
        if (name.Length is 0 or > LongestName || name.Trim() != name || name.Any(char.IsControl)) return AccountChange.NameRefused;
        return password.Length is < ShortestPassword or > LongestPassword ? AccountChange.PasswordRefused : AccountChange.Done;
    }

    private static bool HasOtherAdmin(SqliteConnection connection, string name) =>
        connection.Number("SELECT count(*) FROM account WHERE role = 'Admin' AND name <> @name", ("@name", name)) > 0;

    private AccountChange Insert(string name, Role role, string password, PasswordBy by)
    {
        var secret = Secret.Of(password);
        return Write(connection =>
        {
            SetupCodes.Spend(connection);
            return connection.Execute(
                """
                INSERT INTO account (name, role, algorithm, iterations, salt, hash, created, given)
                VALUES (@name, @role, @algorithm, @iterations, @salt, @hash, @created, @given) ON CONFLICT (name) DO NOTHING
                """,
                ("@name", name), ("@role", role.ToString()), ("@algorithm", secret.Algorithm), ("@iterations", secret.Iterations),
                ("@salt", secret.Salt), ("@hash", secret.Hash), ("@created", time.GetUtcNow().Milliseconds()), ("@given", (int)by)) == 1
                ? AccountChange.Done : AccountChange.NameTaken;
        });
    }

    private ImmutableArray<(Account Account, Secret Secret, int Failures, DateTimeOffset LockedUntil)> Find(string name) => file.Read(connection => connection.Query(
        "SELECT name, role, created, algorithm, iterations, salt, hash, failures, locked_until, given FROM account WHERE name = @name",
        row => (
            new Account(row.GetString(0), RoleOf(row.GetString(1)), row.Time(2)) { Password = row.GetInt32(9) == 0 ? PasswordBy.Owner : PasswordBy.Admin },
            new Secret(row.GetString(3), row.GetInt32(4), row.GetFieldValue<byte[]>(5), row.GetFieldValue<byte[]>(6)),
            row.GetInt32(7), row.Time(8)),
        ("@name", name)));

    private ImmutableArray<Account> ReadAll() => file.Read(connection => connection.Query(
        "SELECT name, role, created, given, locked_until FROM account ORDER BY name",
        row => new Account(row.GetString(0), RoleOf(row.GetString(1)), row.Time(2))
        {
            Password = row.GetInt32(3) == 0 ? PasswordBy.Owner : PasswordBy.Admin,
            LockedUntil = row.GetInt64(4) == 0 ? default : row.Time(4),
        }));

    // What is held in memory is read anew after a change, also after one that failed half way.
    private T Write<T>(Func<SqliteConnection, T> work)
    {
        try
        {
            return file.Write(work);
        }
        finally
        {
            known = null;
        }
    }

    // Who knows the password gets in also while the card takes nothing; what was counted against the account then stays counted.
    private void Forgive(string name)
    {
        try
        {
            Keep(name, 0, DateTimeOffset.UnixEpoch);
        }
        catch (SqliteException)
        {
        }
    }

    private void Keep(string name, int failures, DateTimeOffset lockedUntil) => Write(connection => connection.Execute(
        "UPDATE account SET failures = @failures, locked_until = @until WHERE name = @name",
        ("@failures", failures), ("@until", lockedUntil.Milliseconds()), ("@name", name)));

    // A role that cannot be read may only look.
    private static Role RoleOf(string text) => Enum.TryParse<Role>(text, out var role) && Enum.IsDefined(role) ? role : Role.Viewer;

    private sealed record Known(ImmutableArray<Account> Accounts);
}
