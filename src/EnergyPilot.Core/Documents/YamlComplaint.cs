using System.Collections.Immutable;

namespace EnergyPilot.Core.Documents;

/// <summary>What YamlDotNet 16.3 says of a text that is not YAML: its own sentences, of which those that people meet while typing are known in other languages too.</summary>
internal static class YamlComplaint
{
    private static readonly ImmutableArray<Saying> Known =
    [
        $"block sequence entries are not allowed in this context",
        $"mapping keys are not allowed in this context",
        $"mapping values are not allowed in this context",
        $"while parsing a block collection, did not find expected '-' indicator",
        $"while parsing a block mapping, did not find expected key",
        $"while parsing a flow mapping,  did not find expected ',' or '}}'",
        $"while parsing a flow mapping, did not find expected ',' or '}}'",
        $"while parsing a flow sequence, did not find expected ',' or ']'",
        $"while parsing a node, did not find expected node content",
        $"while scanning a mapping, found invalid tab as indentation",
        $"while scanning a multi-line double-quoted scalar, found wrong indentation",
        $"while scanning a multiline plain scalar, found invalid mapping",
        $"while scanning a plain scalar value, found invalid mapping",
        $"while scanning a plain scalar, found a tab character that violate indentation",
        $"while scanning a quoted scalar, found unexpected document indicator",
        $"while scanning a quoted scalar, found unexpected end of stream",
        $"while scanning a quoted scalar, found unknown escape character",
        $"while scanning a simple key, could not find expected ':'",
        $"while scanning for the next token, found character that cannot start any token",
        $"while scanning plain scalar, found a comment between adjacent scalars",
    ];

    /// <summary>One of its sentences, to stand within another; what is not known is data, and stays English.</summary>
    public static Saying Of(string sentence)
    {
        var within = char.ToLowerInvariant(sentence[0]) + sentence[1..];
        return Known.FirstOrDefault(k => k.ToString() == within) ?? $"{within}";
    }
}
