using System.Collections.Frozen;
using System.Text;

namespace EnergyPilot.Core.Documents;

/// <summary>The names of an enumeration as files write them: "StaffRoom" is "staff-room".</summary>
internal static class Words<TEnum> where TEnum : struct, Enum
{
    public static readonly IReadOnlyList<string> All = [.. Enum.GetNames<TEnum>().Select(Kebab)];

    private static readonly FrozenDictionary<string, TEnum> ByWord =
        Enum.GetValues<TEnum>().ToFrozenDictionary(v => Kebab(v.ToString()), StringComparer.Ordinal);

    public static bool TryFind(string word, out TEnum value) => ByWord.TryGetValue(word, out value);

    public static string Of(TEnum value) => Kebab(value.ToString());

    private static string Kebab(string name)
    {
        var word = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsUpper(c) && word.Length > 0) word.Append('-');
            word.Append(char.ToLowerInvariant(c));
        }

        return word.ToString();
    }
}
