namespace EnergyPilot.Core.Documents;

/// <summary>The names of an enumeration as site and device files write them: "StaffRoom" is "staff-room".</summary>
public static class FileWords
{
    /// <summary>All names, in the order of the enumeration.</summary>
    public static IReadOnlyList<string> All<TEnum>()
        where TEnum : struct, Enum => Words<TEnum>.All;

    /// <summary>The value of a name, exactly as files write it.</summary>
    public static bool TryFind<TEnum>(string word, out TEnum value)
        where TEnum : struct, Enum => Words<TEnum>.TryFind(word, out value);

    /// <summary>The name of a value.</summary>
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum => Words<TEnum>.Of(value);
}
