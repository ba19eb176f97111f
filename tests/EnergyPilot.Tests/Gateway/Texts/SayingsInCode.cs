using System.Reflection;
using System.Reflection.Emit;
using EnergyPilot.Core.Documents;

namespace EnergyPilot.Tests.Gateway.Texts;

/// <summary>
/// Every sentence that Core can say, read from its compiled methods: the compiler turns <c>$"…"</c> into a new saying, whose arguments tell how much of it follows, and
/// one call for each of its pieces. No sentence has to be said for this, and none can hide.
/// </summary>
internal sealed class SayingsInCode
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> Codes =
        typeof(OpCodes).GetFields().Select(f => f.GetValue(null)).OfType<OpCode>().ToDictionary(c => c.Value);

    private readonly Stack<Unfinished> open = new();
    private readonly List<string> pasted = [];
    private readonly HashSet<string> patterns = new(StringComparer.Ordinal);

    // What the last instructions put on the stack, as far as it is written in them.
    private (int Before, int Last) numbers;
    private string? text;

    private SayingsInCode()
    {
        foreach (var type in typeof(Saying).Assembly.GetTypes())
            foreach (var method in type.GetMethods(Everything).Concat<MethodBase>(type.GetConstructors(Everything)))
                Read(type, method);
    }

    public static SayingsInCode All { get; } = new();

    /// <summary>With numbered holes.</summary>
    public IReadOnlySet<string> Patterns => patterns;

    /// <summary>Words in holes, where no language reaches them.</summary>
    public IReadOnlyList<string> Pasted => pasted;

    private void Read(Type type, MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } il) return;
        var (typeArguments, methodArguments) = (type.GetGenericArguments(), method.IsGenericMethod ? method.GetGenericArguments() : []);
        for (var at = 0; at < il.Length;)
        {
            var code = Codes[il[at] == 0xFE ? unchecked((short)(0xFE00 | il[at + 1])) : il[at]];
            at += code.Size;
            if (code.OperandType == OperandType.InlineMethod)
                Called(code, method.Module.ResolveMethod(BitConverter.ToInt32(il, at), typeArguments, methodArguments));
            text = code == OpCodes.Ldstr ? method.Module.ResolveString(BitConverter.ToInt32(il, at)) : null;
            if (Number(code, il, at) is { } number) numbers = (numbers.Last, number);
            at += Length(code, il, at);
        }

        if (open.Count > 0) throw new InvalidDataException($"A saying without its end in {type}.{method}: {open.Peek().Pattern}");
    }

    private void Called(OpCode code, MethodBase? method)
    {
        if (method?.DeclaringType != typeof(Saying)) return;
        if (code == OpCodes.Newobj) open.Push(new Unfinished(numbers.Before, numbers.Last));
        else if (method.Name == "AppendLiteral") open.Peek().Literal(text ?? throw new InvalidDataException("A piece that is no literal"));
        else if (method.Name == "AppendFormatted") open.Peek().Hole();
        else return;
        if (method.Name == "AppendFormatted" && text is { } word && word.Contains(' ', StringComparison.Ordinal)) pasted.Add(word);
        while (open.TryPeek(out var saying) && saying.IsWhole) patterns.Add(open.Pop().Pattern);
    }

    private static int? Number(OpCode code, byte[] il, int at) =>
        code == OpCodes.Ldc_I4 ? BitConverter.ToInt32(il, at)
        : code == OpCodes.Ldc_I4_S ? (sbyte)il[at]
        : code.Value >= OpCodes.Ldc_I4_0.Value && code.Value <= OpCodes.Ldc_I4_8.Value ? code.Value - OpCodes.Ldc_I4_0.Value
        : null;

    private static int Length(OpCode code, byte[] il, int at) => code.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
        _ => 4,
    };

    private sealed class Unfinished(int letters, int holes)
    {
        private int lettersSaid, holesMade;

        public string Pattern { get; private set; } = "";

        public bool IsWhole => lettersSaid == letters && holesMade == holes;

        public void Literal(string text)
        {
            lettersSaid += text.Length;
            Pattern += text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
        }

        public void Hole() => Pattern += $"{{{holesMade++}}}";
    }
}
