using EnergyPilot.Core.Control;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Uplink;
using EnergyPilot.Io.Sparkplug;
using EnergyPilot.Tests.Core.Sites;
using EnergyPilot.Tests.Gateway.Storage;

namespace EnergyPilot.Tests.Gateway.Uplink;

public sealed class WishesFromTheCity : IDisposable
{
    private static readonly Site Site = SchoolFiles.DemoSite;
    private static readonly Zone Cp = Site.Zones.Single(z => z.Id.Name == "cp");

    private readonly StoreFolder folder = new();
    private readonly Store store;

    public WishesFromTheCity() => store = folder.Open();

    private DateTimeOffset Now => folder.Time.GetUtcNow();

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void A_setpoint_with_an_end_becomes_a_wish_below_the_staffs()
    {
        Ask(("setpoint", SparkplugScalar.Of(17.5)), Until(2), By("city of Roubaix"), ("wish/note", SparkplugScalar.Of("peak"))).ShouldBe($"taken: 17.5 °C until {Now.AddHours(2):u}");
        var wish = store.Overrides.Active(Now).ShouldHaveSingleItem();
        (wish.Zone, wish.Setpoint, wish.Owner, wish.Until, wish.Note, wish.Priority).ShouldBe((Cp.Id, new Celsius(17.5), "city of Roubaix", Now.AddHours(2), "peak", Priority.City));
        var audited = store.Audit.Latest(1).ShouldHaveSingleItem();
        (audited.Who, audited.Origin, audited.What, audited.Subject).ShouldBe(("city of Roubaix", "uplink", "city wish", "cp"));
    }

    [Fact]
    public void A_mode_is_a_wish_for_its_setpoint()
    {
        Ask(("mode", SparkplugScalar.Of("reduced")), Until(2), By("city")).ShouldStartWith("taken");
        store.Overrides.Active(Now).ShouldHaveSingleItem().Setpoint.ShouldBe(Cp.Setpoints.Reduced);
    }

    [Fact]
    public void A_newer_wish_takes_the_place_of_the_older_and_leaves_the_staffs_alone()
    {
        store.Overrides.Replace(new(0, Cp.Id, new(21), "Nadia", Now, Now.AddHours(3), ""));
        Ask(("setpoint", SparkplugScalar.Of(17.0)), Until(2), By("city"));
        Ask(("setpoint", SparkplugScalar.Of(18.0)), Until(4), By("city"));
        store.Overrides.Active(Now).Select(o => (o.Setpoint.Degrees, o.Priority)).ShouldBe([(21, Priority.Operator), (18, Priority.City)]);
        Ask(("setpoint", SparkplugScalar.None), By("city")).ShouldBe("ended");
        store.Overrides.Active(Now).ShouldHaveSingleItem().Owner.ShouldBe("Nadia");
        Ask(("setpoint", SparkplugScalar.None), By("city")).ShouldBe("there was none to end");
    }

    public static TheoryData<string, string> Refusals => new()
    {
        { "no end", "no end (wish/until)" }, { "past", "is past" }, { "far", "more than 24 h away" }, { "nobody", "nobody is named" }, { "hot", "not from 5 to" }, { "cold", "not from 5 to" },
        { "nan", "not from 5 to" }, { "word", "nor comfort, reduced, absence or frost" }, { "both", "one of setpoint and mode is needed, 2 came" }, { "neither", "one of setpoint and mode is needed, 0 came" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_is_refused_is_audited_with_its_reason(string kind, string why)
    {
        var wish = ("setpoint", SparkplugScalar.Of(kind switch { "hot" => 40.0, "cold" => 1.0, "nan" => double.NaN, _ => 18.0 }));
        var mode = ("mode", SparkplugScalar.Of("7"));
        (string, SparkplugScalar)[] asked = kind switch
        {
            "no end" => [wish, By("city")],
            "past" => [wish, Until(-1), By("city")],
            "far" => [wish, Until(25), By("city")],
            "nobody" => [wish, Until(1), By(" ")],
            "word" => [mode, Until(1), By("city")],
            "both" => [wish, mode, Until(1), By("city")],
            "neither" => [Until(1), By("city")],
            _ => [wish, Until(1), By("city")],
        };
        Ask(asked).ShouldStartWith("refused: ");
        Ask(asked).ShouldContain(why);
        store.Overrides.Active(Now).ShouldBeEmpty();
        var audited = store.Audit.Latest(1).ShouldHaveSingleItem();
        audited.What.ShouldBe("city wish refused");
        audited.New.ShouldContain(why);
    }

    [Fact]
    public void A_site_may_let_nobody_wish()
    {
        var shut = Site with { Uplink = Site.Uplink with { Wishes = UplinkWishes.None } };
        new Wishes(shut, store, folder.Time).Take(Cp, Commands([("setpoint", SparkplugScalar.Of(18.0)), Until(1), By("city")])).ShouldContain("switched off in the site file (uplink.wishes)");
        store.Overrides.Active(Now).ShouldBeEmpty();
    }

    [Fact]
    public void What_a_stranger_writes_is_short_and_plain_in_the_audit()
    {
        var wild = new string('x', 100_000) + "\r\n\u001b[31m";
        Ask(("mode", SparkplugScalar.Of("\r\n" + wild)), Until(1), By(wild)).Length.ShouldBeLessThan(200);
        var line = store.Audit.Latest(1).ShouldHaveSingleItem();
        foreach (var text in new[] { line.Who, line.Old, line.New })
        {
            text.Length.ShouldBeLessThanOrEqualTo(200);
            text.ShouldNotContain('\n');
            text.ShouldNotContain('\u001b');
        }
    }

    [Fact]
    public void A_flood_of_wishes_does_not_wear_the_card_out()
    {
        var wishes = new Wishes(Site, store, folder.Time);
        for (var n = 0; n < 500; n++) wishes.Take(Cp, Commands([("setpoint", SparkplugScalar.Of(18.0)), Until(1), By("city")]));
        store.Audit.Latest(1000).Length.ShouldBe(30);
        wishes.Take(Cp, Commands([("setpoint", SparkplugScalar.Of(18.0)), Until(1), By("city")])).ShouldBe("refused: more than 30 wishes for this zone in an hour");
        folder.Time.Advance(TimeSpan.FromMinutes(61));
        wishes.Take(Cp, Commands([("setpoint", SparkplugScalar.Of(18.0)), Until(1), By("city")])).ShouldStartWith("taken");
    }

    private (string, SparkplugScalar) Until(double hours) => ("wish/until", SparkplugScalar.Of(Now.AddHours(hours)));

    private static (string, SparkplugScalar) By(string name) => ("wish/by", SparkplugScalar.Of(name));

    private string Ask(params (string, SparkplugScalar)[] metrics) => new Wishes(Site, store, folder.Time).Take(Cp, Commands(metrics));

    private static SparkplugCommand[] Commands((string Name, SparkplugScalar Value)[] metrics) => [.. metrics.Select(m => new SparkplugCommand("zone-cp", m.Name, m.Value.Type, m.Value, null))];
}
