using System.Text;
using EnergyPilot.Io.Json;

namespace EnergyPilot.Tests.Io.Json;

/// <summary>What publishers write, and what hostile ones could.</summary>
public sealed class JsonPathTests
{
    // Shapes of Zigbee2MQTT (flat object), ChirpStack v4 (object.…) and The Things Stack (decoded values in an array).
    private const string Payload = """
        {"temperature": 21.54, "object": {"TempC_SHT": -3.5e0, "Hum_SHT": "45.2", "alarm": false},
         "decoded": {"values": [{"value": 1}, {"value": [10, 20, {"deep": "x"}]}], "a.b": {"c'd": true}},
         "state": "ON", "nothing": null, "huge": 1e999, "text": "a\"b\u00e9", "Ünïcode": 7}
        """;

    [Theory]
    [InlineData("temperature", 21.54)]
    [InlineData("$.temperature", 21.54)]
    [InlineData("object.TempC_SHT", -3.5)]
    [InlineData("$.decoded.values[0].value", 1)]
    [InlineData("decoded.values[1].value[1]", 20)]
    [InlineData("decoded['values'][1][\"value\"][0]", 10)]
    [InlineData("Ünïcode", 7)]
    [InlineData("object.Hum_SHT", 45.2)]
    public void Numbers_are_found(string path, double expected)
    {
        Pick(path, Payload).TryNumber(Utf8(Payload), out var number).ShouldBeTrue();
        number.ShouldBe(expected);
    }

    [Theory]
    [InlineData("object.alarm", JsonKind.False)]
    [InlineData("decoded['a.b']['c\\'d']", JsonKind.True)]
    [InlineData("state", JsonKind.Text)]
    [InlineData("object", JsonKind.Container)]
    [InlineData("decoded.values", JsonKind.Container)]
    [InlineData("$", JsonKind.Container)]
    [InlineData("nothing", JsonKind.Nothing)]
    [InlineData("huge", JsonKind.Nothing)]
    [InlineData("value", JsonKind.Nothing)]
    [InlineData("temperature.value", JsonKind.Nothing)]
    [InlineData("decoded.values[2]", JsonKind.Nothing)]
    [InlineData("decoded[0]", JsonKind.Nothing)]
    [InlineData("decoded.values.value", JsonKind.Nothing)]
    public void Every_place_has_its_kind(string path, JsonKind kind) => Pick(path, Payload).Kind.ShouldBe(kind);

    [Fact]
    public void Escapes_are_resolved_when_the_text_is_copied()
    {
        Span<byte> to = stackalloc byte[32];
        var value = Pick("text", Payload);

        value.TryCopyText(Utf8(Payload), to, out var written).ShouldBeTrue();
        Encoding.UTF8.GetString(to[..written]).ShouldBe("a\"bé");
        value.TextEquals(Utf8(Payload), "a\"bé"u8).ShouldBeTrue();
        Pick("state", Payload).TextEquals(Utf8(Payload), "ON"u8).ShouldBeTrue();
        Pick("state", Payload).TextEquals(Utf8(Payload), "OFF"u8).ShouldBeFalse();
        Pick("t", """{"t":"\ud800"}""").TryCopyText(Utf8("""{"t":"\ud800"}"""), to, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(" 21.5\n", JsonKind.Number)]
    [InlineData("true", JsonKind.True)]
    [InlineData("online", JsonKind.Text)]
    [InlineData(" N/A ", JsonKind.Text)]
    [InlineData("\"ON\"", JsonKind.Text)]
    [InlineData("12 °C", JsonKind.Text)]
    [InlineData("", JsonKind.Nothing)]
    [InlineData("{\"a\":", JsonKind.Malformed)]
    public void The_whole_payload_may_be_a_plain_word(string payload, JsonKind kind) => Pick("$", payload).Kind.ShouldBe(kind);

    [Fact]
    public void Plain_word_is_trimmed() => Encoding.UTF8.GetString(Pick("$", " online ").RawText(Utf8(" online "))).ShouldBe("online");

    [Theory]
    [InlineData("{\"temperature\": 21.5")]
    [InlineData("{\"temperature\": 21.5}}")]
    [InlineData("{\"temperature\": 21.5, }")]
    [InlineData("{\"temperature\": NaN}")]
    [InlineData("not json")]
    [InlineData("")]
    public void Text_that_is_cut_off_or_broken_has_no_value(string payload) => Pick("temperature", payload).Kind.ShouldBe(JsonKind.Malformed);

    [Fact]
    public void Depth_and_size_are_bounded()
    {
        var deep = new string('[', 1000) + new string(']', 1000);
        Pick("[0]", deep).Kind.ShouldBe(JsonKind.Malformed);
        Pick("a", "{\"a\":1," + new string(' ', JsonPath.MaxTextLength) + "\"b\":2}").Kind.ShouldBe(JsonKind.Malformed);
        Pick("$", new string('x', JsonPath.MaxTextLength + 1)).Kind.ShouldBe(JsonKind.Malformed);
    }

    [Fact]
    public void Name_that_stands_twice_counts_the_last_time() => Pick("a", """{"a":1,"a":2}""").Number.ShouldBe(2);

    [Fact]
    public void Several_paths_are_one_pass_and_no_allocation()
    {
        JsonPath[] paths = [Path("temperature"), Path("object.TempC_SHT"), Path("decoded.values[1].value[2].deep"), Path("missing"), Path("$")];
        var values = new JsonValue[paths.Length];
        var json = Utf8(Payload);
        JsonPath.Pick(paths, json, values);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 100; i++)
            JsonPath.Pick(paths, json, values);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        values.Select(value => value.Kind).ShouldBe([JsonKind.Number, JsonKind.Number, JsonKind.Text, JsonKind.Nothing, JsonKind.Container]);
    }

    [Theory]
    [InlineData("", "1 to 512 characters")]
    [InlineData("a..b", "name is missing at character 3")]
    [InlineData("a.", "missing")]
    [InlineData("a[", "not closed")]
    [InlineData("a[-1]", "'-1'")]
    [InlineData("a[*]", "'*'")]
    [InlineData("a['b]", "not closed")]
    [InlineData("a['b'", "must close")]
    [InlineData("a.*", "'*'")]
    [InlineData("$a", "dot or a bracket")]
    [InlineData("a[0]b", "dot or a bracket")]
    [InlineData("a b", "' '")]
    public void Wrong_path_is_explained(string path, string because)
    {
        JsonPath.TryParse(path, out _, out var why).ShouldBeFalse();
        why.ShouldContain(because);
    }

    [Fact]
    public void Any_bytes_give_a_value()
    {
        var random = new Random(5);
        var paths = new[] { Path("temperature"), Path("decoded.values[1].value[1]"), Path("$") };
        var values = new JsonValue[3];
        var known = true;
        for (var i = 0; i < 20_000; i++)
        {
            var json = Utf8(Payload);
            for (var n = random.Next(1, 5); n > 0; n--)
                json[random.Next(json.Length)] = (byte)random.Next(256);
            JsonPath.Pick(paths, json.AsSpan(0, random.Next(json.Length + 1)), values);
            known &= values.All(value => Enum.IsDefined(value.Kind));
        }

        known.ShouldBeTrue();
    }

    private static JsonPath Path(string text) => JsonPath.TryParse(text, out var path, out var why) ? path : throw new FormatException(why);

    private static JsonValue Pick(string path, string json) => Path(path).Pick(Utf8(json));

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
