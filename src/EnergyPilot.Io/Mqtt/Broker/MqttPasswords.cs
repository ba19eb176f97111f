using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EnergyPilot.Io.Mqtt.Broker;

/// <summary>
/// Users and their passwords, one line each: <c>user:$7$iterations$salt$hash</c>, salt and hash in base 64, the hash PBKDF2 with
/// HMAC-SHA-512 and 64 bytes. That is what mosquitto_passwd (2.0) writes, so its files can be used as they are.
/// </summary>
public sealed class MqttPasswords
{
    // mosquitto 2.0 takes a salt of 12 bytes only.
    private const int HashLength = 64, SaltLength = 12, MaxSaltLength = 64, MaxIterations = 1_000_000, MaxUsers = 100_000;

    // OWASP's figure for PBKDF2 with SHA-512 is 210,000; that costs a small machine a third of a second per client.
    private const int OwnIterations = 20_000;

    private readonly Dictionary<string, Entry> entries;
    private readonly Entry nobody;

    private MqttPasswords(Dictionary<string, Entry> entries)
    {
        this.entries = entries;
        // An unknown user takes as long as a known one, so that the time does not tell who exists.
        nobody = new Entry(entries.Values.Select(entry => entry.Iterations).DefaultIfEmpty(1).Max(), new byte[SaltLength], new byte[HashLength]);
    }

    /// <summary>How many users there are.</summary>
    public int Count => entries.Count;

    /// <summary>
    /// Reads a password file; empty lines and those that begin with # are skipped. False with what is wrong in which line:
    /// another kind of hash, a user who stands there twice, more than a million iterations.
    /// </summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out MqttPasswords? passwords, out string mistake)
    {
        var entries = new Dictionary<string, Entry>();
        (passwords, mistake) = (null, "");
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            if (line.Trim().IsEmpty || line.StartsWith('#'))
                continue;
            var colon = line.IndexOf(':');
            if (colon <= 0 || Entry.Parse(line[(colon + 1)..].Trim()) is not { } entry)
                mistake = $"Line {number} is not 'user:$7$iterations$salt$hash'.";
            else if (entries.Count >= MaxUsers || !entries.TryAdd(line[..colon].ToString(), entry))
                mistake = $"The user in line {number} stands there twice, or is one too many ({MaxUsers}).";
            if (mistake.Length > 0)
                return false;
        }

        passwords = new MqttPasswords(entries);
        return true;
    }

    /// <summary>A line of such a file for this user, with a salt of its own. A user with a colon or a line break throws.</summary>
    public static string Line(string user, string password)
    {
        if (user.Length == 0 || user.AsSpan().ContainsAny(":\r\n"))
            throw new ArgumentException("A user has at least one character, no colon and no line break.", nameof(user));
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        var hash = Hash(Encoding.UTF8.GetBytes(password), salt, OwnIterations);
        return string.Create(CultureInfo.InvariantCulture, $"{user}:$7${OwnIterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");
    }

    /// <summary>Whether this is the user's password.</summary>
    public bool Admits(string user, ReadOnlySpan<byte> password)
    {
        var isKnown = entries.TryGetValue(user, out var entry);
        var expected = isKnown && entry is not null ? entry : nobody;
        return CryptographicOperations.FixedTimeEquals(Hash(password, expected.Salt, expected.Iterations), expected.Hash) && isKnown;
    }

    private static byte[] Hash(ReadOnlySpan<byte> password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA512, HashLength);

    private sealed record Entry(int Iterations, byte[] Salt, byte[] Hash)
    {
        public static Entry? Parse(ReadOnlySpan<char> text)
        {
            Span<Range> parts = stackalloc Range[6];
            if (text.Split(parts, '$') != 5 || !text[parts[0]].IsEmpty || text[parts[1]] is not "7")
                return null;
            if (!int.TryParse(text[parts[2]], NumberStyles.None, CultureInfo.InvariantCulture, out var iterations) || iterations is < 1 or > MaxIterations)
                return null;
            return Bytes(text[parts[3]], MaxSaltLength) is { Length: > 0 } salt && Bytes(text[parts[4]], HashLength) is { Length: HashLength } hash
                ? new Entry(iterations, salt, hash)
                : null;
        }

        private static byte[]? Bytes(ReadOnlySpan<char> base64, int most)
        {
            Span<byte> bytes = stackalloc byte[most];
            return Convert.TryFromBase64Chars(base64, bytes, out var written) ? bytes[..written].ToArray() : null;
        }
    }
}
