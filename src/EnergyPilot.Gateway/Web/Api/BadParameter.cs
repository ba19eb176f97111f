using System.Globalization;

namespace EnergyPilot.Gateway.Web.Api;

/// <summary>400: a parameter or a field of the body that makes no sense, by its name, with what was found and what is allowed.</summary>
internal sealed class BadParameter(string name, string found, string allowed) : Refusal<BadParameter>(
    $"{name}: found {Shortened(found)}, allowed is {allowed}.", ("parameter", name), ("found", Shortened(found)), ("allowed", allowed)), IRefusal
{
    private const int LongestFound = 60;

    public static int Status => StatusCodes.Status400BadRequest;

    /// <summary>A number outside its range.</summary>
    public static BadParameter Outside(string name, double found, double lowest, double highest) => new(
        name, found.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"{lowest} to {highest}"));

    /// <summary>What somebody sent, short enough to be said again.</summary>
    internal static string Shortened(string text) => text.Length <= LongestFound ? text : text[..LongestFound] + "…";
}
