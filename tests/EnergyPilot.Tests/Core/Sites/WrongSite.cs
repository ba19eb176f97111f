using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Sites;

namespace EnergyPilot.Tests.Core.Sites;

/// <summary>The demonstration school with one thing changed; a ¦ in the change stands where the mistake shall be found.</summary>
internal static class WrongSite
{
    private const char Here = '¦';

    /// <summary>Replaces the first <paramref name="find"/> and expects exactly one mistake, at the mark and with these words.</summary>
    public static void ShouldSay(string find, string change, params string[] words)
    {
        var (text, line, column) = Changed(SchoolFiles.Demo.Text, find, change);
        ShouldSay(SchoolFiles.Parse(text), line, column, words);
    }

    public static void ShouldSay(Parsed<Site> parsed, int line, int column, params string[] words)
    {
        parsed.TryGet(out _).ShouldBeFalse();
        var mistake = parsed.Mistakes.ShouldHaveSingleItem();
        var said = mistake.ToString();
        said.ShouldStartWith($"{SchoolFiles.Demo.Name}:{line}:{column}: ");
        foreach (var word in words) said.ShouldContain(word);
    }

    public static (string Text, int Line, int Column) Changed(string text, string find, string change)
    {
        var at = text.IndexOf(find, StringComparison.Ordinal);
        at.ShouldBeGreaterThanOrEqualTo(0, $"\"{find}\" is not in the file");
        var changed = string.Concat(text.AsSpan(0, at), change, text.AsSpan(at + find.Length));
        var mark = changed.IndexOf(Here, StringComparison.Ordinal);
        var before = changed[..mark];
        return (changed.Remove(mark, 1), before.Count(c => c == '\n') + 1, mark - before.LastIndexOf('\n'));
    }
}
