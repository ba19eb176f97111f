using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace EnergyPilot.Core.Documents;

/// <summary>What came of reading a file: the thing itself, or everything that is wrong with the file, in file order.</summary>
/// <param name="mistakes">What must be mended; empty when the file could be read.</param>
/// <param name="warnings">What is allowed and yet worth a word.</param>
/// <param name="value">What was read; of no use when there are mistakes.</param>
public sealed class Parsed<T>(T value, ImmutableArray<Mistake> mistakes, ImmutableArray<Mistake> warnings)
{
    public ImmutableArray<Mistake> Mistakes { get; } = mistakes;
    public ImmutableArray<Mistake> Warnings { get; } = warnings;

    /// <summary>The same as something else, with what was found; <paramref name="make"/> must bear what stands for a value that could not be read.</summary>
    public Parsed<TOther> As<TOther>(Func<T, TOther> make) => new(make(value), Mistakes, Warnings);

    /// <summary>True, and what was read, when there are no mistakes.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T read)
    {
        read = Mistakes.IsEmpty ? value : default;
        return Mistakes.IsEmpty;
    }
}
