using System.Security.Cryptography;

namespace EnergyPilot.Gateway.Web.Votes;

/// <summary>
/// What stands in a room's QR code: eight signs of Crockford's base 32, 40 bits by chance. Whoever stands in the room has it; whoever does not would have to try for years.
/// </summary>
internal static class RoomCode
{
    public const int Length = 8;

    private const string Signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static string New() => RandomNumberGenerator.GetString(Signs, Length);

    /// <summary>The code as it is kept, from what somebody typed off a poster; empty when it is none.</summary>
    public static string Of(string? typed)
    {
        if (typed is not { Length: >= Length and <= 2 * Length }) return "";
        var signs = typed.Where(c => c is not ('-' or ' ')).Select(char.ToUpperInvariant).Select(c => c switch { 'O' => '0', 'I' or 'L' => '1', _ => c }).ToArray();
        return signs.Length == Length && signs.All(Signs.Contains) ? new string(signs) : "";
    }
}
