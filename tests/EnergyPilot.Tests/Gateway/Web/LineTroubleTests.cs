using System.Net.Http.Json;
using System.Text.Json;
using EnergyPilot.Gateway.Field;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Io.Gpio;
using EnergyPilot.Tests.Core.Sites;
using EnergyPilot.Tests.Gateway.Field;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>What is wrong with a line, wherever people and programs read it, in the reader's language.</summary>
public sealed class LineTroubleTests
{
    private const string Radio = """
        maker: any
        model: Radiator valve
        summary: Valve
        protocol: mqtt
        points:
          temperature: { measures: temperature, json: $.t, unit: °C, range: -10..60 °C }
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en", "The gateway has no chip /dev/gpiochip-none for inputs and outputs.", "There is no file /etc/no-such-password, which the site file names.")]
    [InlineData("fr", "La passerelle n’a pas de puce d’entrées et sorties /dev/gpiochip-none.", "Il n’y a pas de fichier /etc/no-such-password, que le fichier du site nomme.")]
    public async Task Trouble_of_a_line_stands_in_the_readers_language_on_the_page_and_in_the_interface(string language, string chip, string file)
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        host.Field.Show([await Chip(), Broker()]);
        using var visitor = host.Visitor(language);

        var page = Forms.Plain(await visitor.Text("/devices", Stop));
        page.ShouldContain(chip);
        page.ShouldContain(file);
        page.Split("<h1>")[1].ShouldNotContain("lang=\"en\"");

        var buses = await visitor.GetFromJsonAsync<JsonElement>("/api/v1/buses", Stop);
        var told = buses.EnumerateArray().Select(b => b.GetProperty("troubles")[0]).Select(t => (t.GetProperty("code").GetString(), t.GetProperty("sentence").GetString() ?? "")).ToArray();
        told.Select(t => t.Item1).ShouldBe(["ChipMissing", "FileMissing"]);
        told[0].Item2.ShouldStartWith(chip);
        told[1].Item2.ShouldStartWith(file);
    }

    [Theory]
    [InlineData("en", "It was not asked.", "The gateway has no chip")]
    [InlineData("fr", "Il n’a pas été interrogé.", "La passerelle n’a pas de puce")]
    public async Task Look_that_is_not_possible_says_why_in_the_readers_language(string language, string title, string why)
    {
        await using var host = await PageHost.Start(Stop, SampleSchool.Cycle(SampleSchool.Monday0612));
        host.Field.Show([await Chip()]);
        using var ivo = host.Visitor(language);
        await ivo.SignIn("Ivo", Stop);
        (string, string)[] attic = [("do", "test"), ("id", "window-attic"), ("type", "gpio-contact"), ("name", "Attic"), ("bus", "inputs"), ("address", "26"), ("version", "0")];
        var page = Forms.Plain(await (await ivo.Send("/devices/edit?type=gpio-contact", "device", attic, Stop)).Content.ReadAsStringAsync(Stop));
        page.ShouldContain(title);
        page.ShouldContain(why);

        ivo.DefaultRequestHeaders.Add("RequestVerificationToken", await ivo.Token("/zones/cp", Stop));
        var answer = await (await ivo.PostAsJsonAsync("/api/v1/devices/probe", new { id = "window-attic", type = "gpio-contact", bus = "inputs", address = "26" }, Stop)).Content.ReadFromJsonAsync<JsonElement>(Stop);
        answer.GetProperty("state").GetString().ShouldBe("NotPossible");
        (answer.GetProperty("found")[0].GetProperty("sentence").GetString()).ShouldStartWith(why);
    }

    private static async Task<IFieldBus> Chip()
    {
        var bus = SchoolFiles.DemoSite.Buses.Single(b => b.Id == "inputs") with { Where = "/dev/gpiochip-none" };
        var chip = new GpioBus(bus, [], () => new LinuxGpioBoard(bus.Where), new ProcessImage(SchoolFiles.DemoSite), PulseCounts.Forgotten, NullLogger.Instance);
        await chip.Poll(SampleSchool.Monday0612, Stop);
        return chip;
    }

    private static IFieldBus Broker()
    {
        var site = SiteWith.Of("protocol: mqtt, where: \"127.0.0.1:1883\", user: school, password-file: /etc/no-such-password", "radio/one", Radio);
        var bus = site.Buses.Single(b => b.Id == "added-bus");
        return FieldBuses.Real(site with { Buses = [bus] }, new ProcessImage(site), PulseCounts.Forgotten, NullLogger.Instance).Single();
    }
}
