using System.Security.Cryptography;
using System.Text;
using EnergyPilot.Gateway.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>The real books of accounts, sessions, tokens and audit on a database in memory, with the sample accounts. Their passwords are hashed once only, so that signing in costs a test nothing.</summary>
internal sealed class SampleAccess : IDisposable
{
    private static readonly byte[] Salt = new byte[16];
    private static readonly byte[] Hash = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(SampleDesk.Password), Salt, 1, HashAlgorithmName.SHA512, 64);
    private static readonly string[] Deeds = ["INSERT", "UPDATE", "DELETE"];
    private readonly StoreFile file;

    public SampleAccess(string folder, TimeProvider clock)
    {
        file = StoreFile.InMemory(Path.Combine(folder, "energypilot.db"), "a test", NullLogger.Instance);
        foreach (var (name, role) in SampleDesk.Accounts) Insert(name, role.ToString(), 0, DateTimeOffset.UnixEpoch);
        Insert(SampleDesk.LockedName, "Staff", 5, SampleDesk.LockedUntil);
        Books = AccessBooks.Of(file, clock, clock);
    }

    public AccessBooks Books { get; }

    /// <summary>What the audit tells, newest first.</summary>
    public IReadOnlyList<AuditEntry> Audit => Books.Audit.Latest(1000);

    /// <summary>From now on the card takes nothing of these.</summary>
    public void Fill(params string[] tables)
    {
        foreach (var table in tables)
            foreach (var deed in Deeds)
                file.Write(connection => connection.Execute($"CREATE TRIGGER full_{deed}_{table} BEFORE {deed} ON {table} BEGIN SELECT RAISE(ABORT, 'full'); END"));
    }

    /// <summary>It takes these again.</summary>
    public void Drain(params string[] tables)
    {
        foreach (var table in tables)
            foreach (var deed in Deeds)
                file.Write(connection => connection.Execute($"DROP TRIGGER full_{deed}_{table}"));
    }

    /// <summary>As on a gateway that was never used; the code for the first account.</summary>
    public string Forget()
    {
        file.Write(connection => connection.Execute("DELETE FROM account"));
        // Whatever changes an account makes the book look again.
        Books.Accounts.Unlock("");
        return Books.Accounts.RenewSetupCode();
    }

    /// <summary>All that stands in the tables of access but the audit, to see that nothing has changed.</summary>
    public string Standing => string.Join('\n', ((string[])["account", "token", "second_factor", "recovery_code"]).SelectMany(Rows));

    public void Dispose() => file.Dispose();

    private IEnumerable<string> Rows(string table) => file.Read(connection => connection.Query($"SELECT * FROM {table}", row =>
        table + string.Join('|', Enumerable.Range(0, row.FieldCount).Where(i => row.GetName(i) is not "used").Select(i => row.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : row.GetValue(i).ToString()))));

    private void Insert(string name, string role, int failures, DateTimeOffset lockedUntil) => file.Write(connection => connection.Execute(
        "INSERT INTO account (name, role, algorithm, iterations, salt, hash, created, failures, locked_until) VALUES (@name, @role, 'SHA512', 1, @salt, @hash, 0, @failures, @until)",
        ("@name", name), ("@role", role), ("@salt", Salt), ("@hash", Hash), ("@failures", failures), ("@until", lockedUntil.ToUnixTimeMilliseconds())));
}
