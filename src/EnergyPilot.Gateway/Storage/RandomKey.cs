using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace EnergyPilot.Gateway.Storage;

/// <summary>
/// A secret that a machine remembers: 256 random bits. Only its SHA-256 is kept; so much chance needs neither salt nor slowness, and no two
/// need be compared in constant time, because what is looked up is the hash.
/// </summary>
internal static class RandomKey
{
    private const int Bytes = 32;

    public static string Make() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
