using System.Security.Cryptography;
using System.Text;

namespace EnergyPilot.Gateway.Storage;

/// <summary>A password as it is kept: PBKDF2 (RFC 8018) with its parameters, so that they can grow without locking anybody out.</summary>
internal sealed record Secret(string Algorithm, int Iterations, byte[] Salt, byte[] Hash)
{
    // OWASP Password Storage Cheat Sheet (2023): 210,000 iterations for PBKDF2-HMAC-SHA512.
    private const int CurrentIterations = 210_000, MostIterations = 10_000_000;
    private const int SaltBytes = 16, HashBytes = 64;

    /// <summary>Nobody's secret: to compare with costs as much as with a real one, so that the time does not tell which names exist.</summary>
    public static readonly Secret Nobody = Of(Convert.ToHexString(RandomNumberGenerator.GetBytes(SaltBytes)));

    public static Secret Of(string text)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return new(HashAlgorithmName.SHA512.Name ?? "", CurrentIterations, salt, Derive(text, salt, CurrentIterations));
    }

    /// <summary>In constant time. Damaged parameters match nothing: an empty hash would match everything, a huge count would hang.</summary>
    public bool Is(string text) =>
        Algorithm == HashAlgorithmName.SHA512.Name && Iterations is > 0 and <= MostIterations && Hash.Length == HashBytes
        && CryptographicOperations.FixedTimeEquals(Hash, Derive(text, Salt, Iterations));

    private static byte[] Derive(string text, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(Composed(text)), salt, iterations, HashAlgorithmName.SHA512, HashBytes);

    // Composed, because one keyboard sends é as one sign and another as two. Through UTF-8 first: half a surrogate pair cannot be normalised.
    private static string Composed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Normalize(NormalizationForm.FormC);
}
