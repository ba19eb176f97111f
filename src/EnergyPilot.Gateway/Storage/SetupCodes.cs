using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Gateway.Storage;

/// <summary>The one-time code that makes the first account; only its hash is kept, and it stands ten attempts.</summary>
internal sealed class SetupCodes(StoreFile file)
{
    private const int Length = 8, MostAttempts = 10;

    /// <summary>No 0 and O, 1 and I and L, 5 and S, 2 and Z, 8 and B, U and V: it is read aloud from a screen in a boiler room.</summary>
    private const string Signs = "34679ACDEFGHJKMNPQRTWXY";

    /// <summary>A new code in place of any older one.</summary>
    public string Make()
    {
        var code = RandomNumberGenerator.GetString(Signs, Length);
        var secret = Secret.Of(code);
        file.Write(connection => connection.Execute(
            "INSERT OR REPLACE INTO setup_code (id, algorithm, iterations, salt, hash, attempts) VALUES (1, @algorithm, @iterations, @salt, @hash, 0)",
            ("@algorithm", secret.Algorithm), ("@iterations", secret.Iterations), ("@salt", secret.Salt), ("@hash", secret.Hash)));
        return code;
    }

    /// <summary>Each call is an attempt, counted on the card before the answer is known: pulling the plug gives no more of them.</summary>
    public AccountChange Check(string code)
    {
        var kept = file.Write(connection => connection.Query(
            "UPDATE setup_code SET attempts = attempts + 1 WHERE attempts < @most RETURNING algorithm, iterations, salt, hash",
            row => new Secret(row.GetString(0), row.GetInt32(1), row.GetFieldValue<byte[]>(2), row.GetFieldValue<byte[]>(3)), ("@most", MostAttempts)));
        if (kept is not [var secret]) return AccountChange.CodeUsedUp;
        var typed = new string([.. code.Where(char.IsAsciiLetterOrDigit)]).ToUpperInvariant();
        return typed.Length == Length && secret.Is(typed) ? AccountChange.Done : AccountChange.WrongCode;
    }

    public static void Spend(SqliteConnection connection) => connection.Execute("DELETE FROM setup_code");
}
