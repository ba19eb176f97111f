using EnergyPilot.Core.Documents;
using EnergyPilot.Tests.Core.Control;

namespace EnergyPilot.Tests.Core.Documents;

public sealed class LineDiffs
{
    [Fact]
    public void Texts_that_are_alike_have_no_difference() => LineDiff.Of("a\nb\n", "a\nb\n").ShouldBeEmpty();

    [Fact]
    public void A_changed_line_stands_between_its_neighbours_with_both_numbers() =>
        LineDiff.Of("1\n2\n3\n4\n5\n6\n7", "1\n2\n3\nfour\n5\n6\n7", context: 1).ShouldBe(
        [
            new(LineFate.Same, 3, 3, "3"), new(LineFate.Removed, 4, 0, "4"), new(LineFate.Added, 0, 4, "four"), new(LineFate.Same, 5, 5, "5"),
        ]);

    [Fact]
    public void Line_ends_are_no_difference() => LineDiff.Of("a\r\nb\r\n", "a\nb\n").ShouldBeEmpty();

    [Fact]
    public void A_difference_tells_both_texts_whole_and_no_line_more_than_needed() => Law.Holds(chance =>
    {
        var (before, after) = (Lines(chance), Lines(chance));

        var diff = LineDiff.Of(string.Join('\n', before), string.Join('\n', after), context: 1000);

        if (diff.IsEmpty) before.ShouldBe(after);
        else
        {
            diff.Where(l => l.Old > 0).Select(l => l.Text).ShouldBe(before);
            diff.Where(l => l.New > 0).Select(l => l.Text).ShouldBe(after);
            diff.Count(l => l.Fate == LineFate.Same).ShouldBe(Longest(before, after));
        }
    }, cases: 200);

    [Fact]
    public void Very_long_texts_are_compared_within_bounds()
    {
        var (before, after) = (string.Join('\n', Enumerable.Range(0, 5000).Select(i => $"a{i}")), string.Join('\n', Enumerable.Range(0, 5000).Select(i => $"b{i}")));

        LineDiff.Of(before, after).Length.ShouldBe(10_000);
    }

    private static string[] Lines(Random chance) => [.. Enumerable.Range(0, chance.Next(1, 9)).Select(_ => ((char)('a' + chance.Next(4))).ToString())];

    // By the definition, without a table.
    private static int Longest(ReadOnlySpan<string> a, ReadOnlySpan<string> b) =>
        a.IsEmpty || b.IsEmpty ? 0 : a[0] == b[0] ? 1 + Longest(a[1..], b[1..]) : Math.Max(Longest(a[1..], b), Longest(a, b[1..]));
}
