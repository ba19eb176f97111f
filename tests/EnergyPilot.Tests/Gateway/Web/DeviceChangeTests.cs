using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EnergyPilot.Core.Control;
using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Tests.Core.Control;
using Microsoft.Extensions.DependencyInjection;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>Devices added, changed and removed in a form, and outputs tested by hand.</summary>
public sealed class DeviceChangeTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static readonly (string, string)[] Attic = [("id", "room-attic"), ("type", "dallas-ds18b20"), ("name", "Attic"), ("bus", "one-wire"), ("address", "28-0316a2799999"), ("version", "0"), ("seen", "")];

    private static Task<PageHost> Host() => PageHost.Start(Stop, Demo());

    // A cycle of the demonstration school, whose outputs the control sets.
    internal static CycleRecord Demo()
    {
        var world = new DemoWorld(19, 5);
        return new CycleRecord(DemoWorld.Site, world.At(SampleSchool.Monday0612), world.Decide(SampleSchool.Monday0612));
    }

    [Fact]
    public async Task Device_is_shown_as_a_difference_and_added_with_a_new_beginning()
    {
        await using var host = await Host();
        using var ivo = await host.SignedIn("Ivo", Stop);
        (await ivo.Text("/devices/edit", Stop)).ShouldContain("DS18B20");

        var looked = Forms.Plain(await (await ivo.Send("/devices/edit?type=dallas-ds18b20", "device", [("do", "look"), .. Attic], Stop)).Content.ReadAsStringAsync(Stop));
        looked.ShouldContain("The control starts anew with it");
        looked.ShouldContain("    address: 28-0316a2799999");
        Desk(host).Version.ShouldBe(0);

        var seen = looked.Split("name=\"seen\" value=\"")[1].Split('"')[0];
        var done = await ivo.Send("/devices/edit?type=dallas-ds18b20", "device", [("do", "apply"), .. Attic.Where(f => f.Item1 != "seen"), ("seen", seen)], Stop);

        (done.Headers.Location?.ToString()).ShouldEndWith("/devices?done=anew");
        Desk(host).Current.Devices.ShouldContain(d => d.Id == "room-attic" && d.Name == "Attic");
        host.Services.GetRequiredService<SampleSite.Beginnings>().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Mistake_of_the_loader_stands_beside_the_form_and_what_was_typed_stays()
    {
        await using var host = await Host();
        using var ivo = await host.SignedIn("Ivo", Stop);

        var answer = await ivo.Send("/devices/edit?type=dallas-ds18b20", "device", [("do", "look"), .. Attic.Where(f => f.Item1 != "address"), ("address", "28-0316a2790001")], Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = Forms.Plain(await answer.Content.ReadAsStringAsync(Stop));
        page.ShouldContain("devices.room-attic");
        page.ShouldContain("value=\"28-0316a2790001\"");
        page.ShouldNotContain("value=\"apply\"");
    }

    [Theory]
    [InlineData("")]
    [InlineData("room-cp")]
    [InlineData("a.b")]
    [InlineData("x: y")]
    public async Task Name_that_is_none_or_taken_is_refused(string id)
    {
        await using var host = await Host();
        using var ivo = await host.SignedIn("Ivo", Stop);

        var answer = await ivo.Send("/devices/edit?type=dallas-ds18b20", "device", [("do", "look"), .. Attic.Where(f => f.Item1 != "id"), ("id", id)], Stop);

        Forms.Plain(await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("The short name is missing, taken");
    }

    [Fact]
    public async Task Device_is_changed_and_what_the_form_does_not_show_stays()
    {
        await using var host = await Host();
        using var ivo = await host.SignedIn("Ivo", Stop);
        (await ivo.Text("/devices/edit?device=meter-gas", Stop)).ShouldContain("value=\"0.1 m³\"");

        var page = Forms.Plain(await (await ivo.Send("/devices/edit?device=relays", "device", [("do", "look"), ("type", "waveshare-relay-16"), ("name", "Vannes des salles (1 à 11) et pompes (13, 14)"), ("bus", "modbus"), ("address", "9"), ("wiring", "normally-closed"), ("version", "0")], Stop)).Content.ReadAsStringAsync(Stop));

        page.ShouldContain("    address: 9");
        page.ShouldContain("# no current: valves open, pumps run");
        page.Split("class=\"Removed\"").Length.ShouldBe(2, "one line differs");
    }

    [Fact]
    public async Task Device_in_use_is_not_removed_and_the_place_is_named()
    {
        await using var host = await Host();
        using var ivo = await host.SignedIn("Ivo", Stop);

        var page = Forms.Plain(await (await ivo.Send("/devices/edit?device=room-library", "device", [("do", "remove"), ("type", "dallas-ds18b20"), ("bus", "one-wire"), ("address", "x"), ("version", "0")], Stop)).Content.ReadAsStringAsync(Stop));

        page.ShouldContain("zones.library.temperature");
    }

    [Fact]
    public async Task Device_that_nobody_uses_is_removed_with_the_button_that_appears()
    {
        await using var host = await Host();
        using var ivo = await host.SignedIn("Ivo", Stop);
        (string, string)[] Field(string page, params string[] names) => [.. names.Select(n => (n, page.Split($"name=\"{n}\" value=\"")[1].Split('"')[0]))];
        var looked = Forms.Plain(await (await ivo.Send("/devices/edit?type=dallas-ds18b20", "device", [("do", "look"), .. Attic], Stop)).Content.ReadAsStringAsync(Stop));
        await ivo.Send("/devices/edit?type=dallas-ds18b20", "device", [("do", "apply"), .. Attic.Where(f => f.Item1 != "seen"), .. Field(looked, "seen")], Stop);
        Desk(host).Current.Devices.ShouldContain(d => d.Id == "room-attic");

        var asked = Forms.Plain(await (await ivo.Send("/devices/edit?device=room-attic", "device", [("do", "remove"), .. Attic.Where(f => f.Item1 != "version"), ("version", $"{Desk(host).Version}")], Stop)).Content.ReadAsStringAsync(Stop));
        var button = asked.Split("<button name=\"do\" value=\"").Select(b => b.Split('"')[0]).Single(b => b.StartsWith("apply", StringComparison.Ordinal));
        var done = await ivo.Send("/devices/edit?device=room-attic", "device", [("do", button), .. Attic.Where(f => f.Item1 is not ("seen" or "version")), .. Field(asked, "seen", "version")], Stop);

        (done.Headers.Location?.ToString()).ShouldEndWith("/devices?done=anew");
        Desk(host).Current.Devices.ShouldNotContain(d => d.Id == "room-attic");
    }

    [Fact]
    public async Task Page_that_is_loaded_again_and_again_asks_for_nothing_to_be_typed()
    {
        await using var host = await Host();
        using var ivo = await host.SignedIn("Ivo", Stop);
        var path = "/devices/test?point=relays.channel-1";
        (await ivo.Text(path, Stop)).ShouldSatisfyAllConditions(p => p.ShouldContain("name=\"sure\""), p => p.ShouldNotContain("http-equiv=\"refresh\""));
        await ivo.Send(path, "test", [("value", "1"), ("sure", "yes")], Stop);
        (await ivo.Text(path, Stop)).ShouldSatisfyAllConditions(p => p.ShouldNotContain("name=\"sure\""), p => p.ShouldContain("http-equiv=\"refresh\""));
        var unsure = Forms.Plain(await (await ivo.Send(path, "test", [("value", "0")], Stop)).Content.ReadAsStringAsync(Stop));
        unsure.ShouldSatisfyAllConditions(p => p.ShouldContain("name=\"sure\""), p => p.ShouldNotContain("http-equiv=\"refresh\""));
    }

    [Fact]
    public async Task Line_that_is_not_open_cannot_be_asked_and_says_so()
    {
        await using var host = await Host();
        using var ivo = await host.SignedIn("Ivo", Stop);

        var answer = await ivo.Send("/devices/edit?type=dallas-ds18b20", "device", [("do", "test"), .. Attic], Stop);
        Forms.Plain(await answer.Content.ReadAsStringAsync(Stop)).ShouldSatisfyAllConditions(
            p => p.ShouldContain("It was not asked."), p => p.ShouldContain("The line one-wire is not open yet: the control opens it when it begins."));
    }

    [Fact]
    public async Task Output_is_set_after_a_confirmation_with_an_audit_line_and_ends_on_demand()
    {
        await using var host = await Host();
        using var ivo = await host.SignedIn("Ivo", Stop);
        var path = "/devices/test?point=relays.channel-1";
        (await ivo.Text(path, Stop)).ShouldContain("30 seconds");

        var unsure = await ivo.Send(path, "test", [("value", "1")], Stop);
        unsure.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Store(host).Overrides.Holding(SampleSchool.Monday0612).ShouldBeEmpty();

        (await ivo.Send(path, "test", [("value", "1"), ("sure", "yes")], Stop)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var wish = Store(host).Overrides.Holding(SampleSchool.Monday0612).ShouldHaveSingleItem();
        (OutputTests.OutputOf(wish).Name, wish.Setpoint.Degrees, wish.Until - wish.From).ShouldBe(("relays.channel-1", 1, TimeSpan.FromSeconds(30)));
        Store(host).Audit.Latest(1).ShouldHaveSingleItem().ShouldSatisfyAllConditions(a => a.Who.ShouldBe("Ivo"), a => a.What.ShouldBe("output tested"), a => a.Subject.ShouldBe("relays.channel-1"));
        (await ivo.Text(path, Stop)).ShouldContain("End now");

        await ivo.Send(path, "end", [], Stop);
        Store(host).Audit.Latest(1).ShouldHaveSingleItem().ShouldSatisfyAllConditions(a => a.Who.ShouldBe("Ivo"), a => a.What.ShouldBe("output test ended"), a => a.Subject.ShouldBe("relays.channel-1"), a => a.Old.ShouldStartWith("1 until "));
        Store(host).Overrides.Holding(SampleSchool.Monday0612).ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_installers_test_outputs_and_ask_devices()
    {
        await using var host = await Host();
        using var marie = await host.SignedIn("Marie", Stop);
        (await marie.GetAsync(new Uri("/devices/test?point=relays.channel-1", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        marie.DefaultRequestHeaders.Add("RequestVerificationToken", await marie.Token("/zones/cp", Stop));

        (await marie.PutAsJsonAsync("/api/v1/outputs/relays.channel-1/test", new { value = 1, confirmed = true }, Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await marie.PostAsJsonAsync("/api/v1/devices/probe", new { id = "x", type = "dallas-ds18b20", bus = "one-wire", address = "28-0316a2799999" }, Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        Store(host).Overrides.Holding(SampleSchool.Monday0612).ShouldBeEmpty();
    }

    [Fact]
    public async Task Programs_test_an_output_and_read_devices()
    {
        await using var host = await Host();
        using var ivo = await host.SignedIn("Ivo", Stop);
        ivo.DefaultRequestHeaders.Add("RequestVerificationToken", await ivo.Token("/zones/cp", Stop));
        Task<HttpResponseMessage> Test(string point, double value, bool confirmed) => ivo.PutAsJsonAsync($"/api/v1/outputs/{point}/test", new { value, confirmed }, Stop);

        (await Test("relays.channel-1", 1, false)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Test("relays.channel-1", 7, true)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Test("room-cp.temperature", 1, true)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Test("relays.channel-16", 1, true)).StatusCode.ShouldBe(HttpStatusCode.NotFound, "nobody would set it back");
        (await Test("relays.channel-1", 1, true)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await ivo.DeleteAsync(new Uri("/api/v1/outputs/relays.channel-1/test", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        Store(host).Overrides.Holding(SampleSchool.Monday0612).ShouldBeEmpty();
        var devices = await ivo.GetFromJsonAsync<JsonElement>("/api/v1/devices", Stop);
        devices.EnumerateArray().First(d => d.GetProperty("id").GetString() == "room-cp").GetProperty("points")[0].GetProperty("value").GetDouble().ShouldBe(19);
    }

    private static SiteDesk Desk(PageHost host) => host.Services.GetRequiredService<SiteDesk>();

    private static EnergyPilot.Gateway.Storage.Store Store(PageHost host) => host.Services.GetRequiredService<SampleSite.SampleStore>().Store;
}
