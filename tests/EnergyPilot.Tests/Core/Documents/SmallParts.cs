using EnergyPilot.Core.Documents;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;

namespace EnergyPilot.Tests.Core.Documents;

public sealed class SmallParts
{
    [Theory]
    [InlineData("clasroom", "classroom")]
    [InlineData("CLASSROOM", "classroom")]
    [InlineData("gim", "gym")]
    [InlineData("swimming-pool", "")]
    [InlineData("", "")]
    public void The_nearest_name_is_one_that_may_have_been_meant(string word, string name) =>
        Nearest.To(word, ["classroom", "canteen", "gym"]).ShouldBe(name);

    [Theory]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    [InlineData("abc", "", 3)]
    [InlineData("same", "same", 0)]
    public void Edits_are_counted_as_Levenshtein_does(string a, string b, int edits) => Nearest.Distance(a, b).ShouldBe(edits);

    [Fact]
    public void Names_of_the_code_become_words_of_the_file() =>
        Words<ZoneUse>.All.ShouldBe(["classroom", "canteen", "gym", "staff-room", "office", "corridor", "library", "sanitary", "other"]);

    [Fact]
    public void A_mistake_reads_as_compilers_write_them() =>
        new Mistake("a.yaml", 3, 7, "zones.cp.use", $"\"clas\"", $"one of classroom, gym", "classroom").ToString()
            .ShouldBe("a.yaml:3:7: zones.cp.use: found \"clas\"; expected one of classroom, gym. Nearest known name: classroom.");

    [Fact]
    public void Every_unit_can_be_written_and_read_back()
    {
        foreach (var unit in Unit.All)
        {
            var findings = new Findings("u");
            var written = new TextNode(Mark.Start, $"2.5 {unit.Symbol}");
            var read = Shapes.Quantity(unit.Quantity, double.NegativeInfinity, double.PositiveInfinity).Read(new Spot(written, "", findings));
            read.ShouldBe(unit.ToCanonical(2.5), unit.Symbol);
        }
    }
}
