using System.Globalization;

namespace EnergyPilot.Core.Documents;

/// <summary>One thing that is wrong in a file, said so that the person who wrote it can mend it.</summary>
/// <param name="File">The file's name as it was given.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Path">Where in the document, for example "zones.cp.floor-area"; empty for the document as a whole.</param>
/// <param name="Found">What stands there.</param>
/// <param name="Expected">What could stand there.</param>
/// <param name="Nearest">A known name that the author may have meant; empty when none is near.</param>
public sealed record Mistake(string File, int Line, int Column, string Path, Saying Found, Saying Expected, string Nearest)
{
    /// <summary>"file:line:column: path: found …; expected …. Nearest known name: …", as compilers write it, so that editors can jump there.</summary>
    public override string ToString()
    {
        var path = Path.Length == 0 ? "" : Path + ": ";
        var nearest = Nearest.Length == 0 ? "" : $" Nearest known name: {Nearest}.";
        return string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}: {path}found {Found}; expected {Expected}.{nearest}");
    }
}
