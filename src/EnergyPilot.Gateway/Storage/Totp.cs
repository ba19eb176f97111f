using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EnergyPilot.Gateway.Storage;

/// <summary>Codes by the clock (RFC 6238) as every authenticator app makes them: HMAC-SHA-1, six digits, a new one every 30 seconds.</summary>
internal static class Totp
{
    private const int SecretBytes = 20, StepSeconds = 30, Digits = 6, Tolerance = 1;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    // RFC 4226, 4: at least 128 bits, 160 recommended.
    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretBytes);

    public static long StepAt(DateTimeOffset at) => at.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>RFC 4226, 5.3: four bytes from where the last half-byte points, without their sign, the last six digits of them.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "RFC 6238 and the apps on people's phones: HMAC does not suffer from SHA-1's collisions.")]
    public static string Code(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(secret, counter, hash);
        var number = BinaryPrimitives.ReadUInt32BigEndian(hash[(hash[^1] & 0xf)..]) & 0x7fffffff;
        return (number % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }

    /// <summary>The step whose code was typed: this one, or one before or after for a clock that is a little off, but none that was used before (RFC 6238, 5.2).</summary>
    public static bool TryMatch(ReadOnlySpan<byte> secret, string typed, DateTimeOffset at, long lastUsed, out long step)
    {
        var digits = Encoding.ASCII.GetBytes([.. typed.Where(char.IsAsciiDigit)]);
        step = 0;
        if (digits.Length != Digits || typed.Length > 20) return false;
        for (var candidate = StepAt(at) - Tolerance; candidate <= StepAt(at) + Tolerance; candidate++)
            if (CryptographicOperations.FixedTimeEquals(digits, Encoding.ASCII.GetBytes(Code(secret, candidate))) && candidate > lastUsed) step = candidate;
        return step > 0;
    }

    /// <summary>The secret as a person types it into an app: RFC 4648 base 32, in groups of four.</summary>
    public static string Written(ReadOnlySpan<byte> secret)
    {
        var text = new StringBuilder();
        var (bits, count) = (0, 0);
        foreach (var octet in secret)
        {
            (bits, count) = (bits << 8 | octet, count + 8);
            for (; count >= 5; count -= 5) text.Append(Base32[bits >> (count - 5) & 31]);
            bits &= (1 << count) - 1;
        }

        if (count > 0) text.Append(Base32[bits << (5 - count) & 31]);
        return string.Join(' ', text.ToString().Chunk(4).Select(c => new string(c)));
    }

    /// <summary>What the picture for the app says: the key URI that apps agree on.</summary>
    public static string Address(string school, string account, ReadOnlySpan<byte> secret) =>
        $"otpauth://totp/{Uri.EscapeDataString($"{school}:{account}")}?secret={Written(secret).Replace(" ", "", StringComparison.Ordinal)}&issuer={Uri.EscapeDataString(school)}";
}
