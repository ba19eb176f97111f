using System.Collections.Immutable;

namespace EnergyPilot.Core.Documents;

/// <summary>Collects what is wrong in one file while it is read.</summary>
internal sealed class Findings(string file)
{
    private readonly List<Mistake> mistakes = [];
    private readonly List<Mistake> warnings = [];

    public void Wrong(Mark mark, string path, Saying found, Saying expected, string nearest) =>
        mistakes.Add(new Mistake(file, mark.Line, mark.Column, path, found, expected, nearest));

    public void Warn(Mark mark, string path, Saying found, Saying expected) =>
        warnings.Add(new Mistake(file, mark.Line, mark.Column, path, found, expected, ""));

    /// <summary>The value with everything found, in file order; what other files had to say comes after.</summary>
    public Parsed<T> With<T>(T value, params ReadOnlySpan<Mistake> elsewhere) =>
        new(value, [.. InFileOrder(mistakes), .. elsewhere], InFileOrder(warnings));

    private static ImmutableArray<Mistake> InFileOrder(List<Mistake> found) =>
        [.. found.OrderBy(m => m.Line).ThenBy(m => m.Column).Distinct()];
}
