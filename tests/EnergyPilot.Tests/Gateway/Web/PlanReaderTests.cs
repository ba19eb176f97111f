using System.Text;
using EnergyPilot.Gateway.Web.School;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>A drawing that somebody put beside the site file is rebuilt from what is allowed; nothing else of it reaches a browser.</summary>
public sealed class PlanReaderTests
{
    private const string Room = """<g id="zone-cp"><rect x="10" y="20" width="30" height="40"/><text x="25" y="30">CP</text></g>""";

    [Fact]
    public void Demonstration_school_has_every_zone_on_its_plan()
    {
        var site = SchoolFiles.DemoSite;
        site.Plans.ShouldHaveSingleItem().ShouldBe("lucie-aubrac.svg");
        using var file = File.OpenRead(Path.Combine(SchoolFiles.Root, "config", "sites", site.Plans[0]));
        PlanReader.TryRead(file, site.Zones.Select(z => z.Id.Name), out var plan, out var why).ShouldBeTrue(why);
        plan.ShouldNotBeNull().Zones.ShouldBe(site.Zones.Select(z => z.Id.Name), ignoreOrder: true);
        plan.Name.ShouldBe("Rez-de-chaussée");
        // Every room has a place for its temperature.
        foreach (var zone in plan.Elements.Where(e => e.Zone.Length > 0)) PlanMarkup.Middle(zone).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("<script>alert(1)</script>", "alert")]
    [InlineData("<style>rect{fill:red}</style>", "fill:red")]
    [InlineData("<foreignObject><div>hello</div></foreignObject>", "hello")]
    [InlineData("<image href=\"http://elsewhere/a.png\"/>", "elsewhere")]
    [InlineData("<use href=\"#zone-cp\"/>", "use")]
    [InlineData("<a href=\"javascript:alert(1)\"><rect width=\"5\" height=\"5\"/></a>", "javascript")]
    [InlineData("<rect onclick=\"alert(1)\" width=\"5\" height=\"5\"/>", "onclick")]
    [InlineData("<rect style=\"fill:red\" width=\"5\" height=\"5\"/>", "style")]
    [InlineData("<rect fill=\"url(http://elsewhere/#a)\" width=\"5\" height=\"5\"/>", "elsewhere")]
    [InlineData("<animate attributeName=\"href\" values=\"javascript:alert(1)\"/>", "javascript")]
    [InlineData("<path d=\"M0 0 &quot;&gt;&lt;script&gt;\"/>", "script")]
    [InlineData("<g transform=\"expression(alert(1))\"><rect/></g>", "expression")]
    [InlineData("<text>&lt;script&gt;alert(1)&lt;/script&gt;</text>", "<script")]
    public void What_is_no_shape_and_no_geometry_is_left_out(string evil, string trace)
    {
        var plan = Read(Drawing(evil + Room)).ShouldNotBeNull();
        plan.Zones.ShouldBe(["cp"]);
        PlanMarkup.Of(plan.Elements).ToString().ShouldNotContain(trace);
    }

    [Fact]
    public void Shapes_and_texts_stay_as_they_were_drawn() =>
        PlanMarkup.Of(Read(Drawing(Room)).ShouldNotBeNull().Elements).ToString()
            .ShouldBe("""<g><rect x="10" y="20" width="30" height="40"></rect><text x="25" y="30">CP</text></g>""");

    [Fact]
    public void Temperature_stands_in_the_middle_of_its_room_unless_the_drawing_says_where()
    {
        PlanMarkup.Middle(Zone(Room)).ShouldBe(("25", "40"));
        PlanMarkup.Middle(Zone("""<polygon id="zone-cp" points="0,0 10,0 10,40 0,40"/>""")).ShouldBe(("5", "20"));
        PlanMarkup.Middle(Zone("""<g data-zone="cp"><rect width="9" height="9"/><text x="3" y="4">°</text></g>""")).ShouldBe(("3", "4"));
        PlanMarkup.Middle(Zone("""<path id="zone-cp" d="M0 0 L10 10 Z"/>""")).ShouldBeNull();
    }

    [Fact]
    public void Room_that_the_school_does_not_have_or_has_already_is_a_piece_of_the_building() =>
        Read(Drawing(Room + """<rect id="zone-attic" width="5" height="5"/><rect data-zone="cp" width="5" height="5"/>""")).ShouldNotBeNull().Zones.ShouldBe(["cp"]);

    [Theory]
    [InlineData("<html/>", "not svg")]
    [InlineData("no drawing", "level")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "viewBox")]
    [InlineData("<!DOCTYPE svg [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><svg viewBox=\"0 0 1 1\"><text>&b;</text></svg>", "entity")]
    public void What_is_no_drawing_is_named(string text, string why)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        PlanReader.TryRead(stream, ["cp"], out _, out var said).ShouldBeFalse();
        said.ShouldContain(why, Case.Insensitive);
    }

    [Fact]
    public void Endless_drawings_are_refused()
    {
        Read(Drawing(string.Concat(Enumerable.Repeat("<g>", 400)) + string.Concat(Enumerable.Repeat("</g>", 400)))).ShouldBeNull();
        Read(Drawing(string.Concat(Enumerable.Repeat("<g/>", 3000)))).ShouldBeNull();
        Read(Drawing(new string(' ', PlanReader.MostBytes))).ShouldBeNull();
    }

    private static PlanElement Zone(string text) => Read(Drawing(text)).ShouldNotBeNull().Elements.ShouldHaveSingleItem();

    private static string Drawing(string inside) => $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{inside}</svg>""";

    private static FloorPlan? Read(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return PlanReader.TryRead(stream, ["cp", "ce1"], out var plan, out _) ? plan : null;
    }
}
