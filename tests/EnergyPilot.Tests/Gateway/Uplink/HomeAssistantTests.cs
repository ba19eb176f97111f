using System.Text.Json;
using System.Text.RegularExpressions;
using EnergyPilot.Gateway.Uplink;
using EnergyPilot.Io.Mqtt;

namespace EnergyPilot.Tests.Gateway.Uplink;

/// <summary>
/// What Home Assistant is told, key by key. Keys, classes and which units and classes of state go together: its documentation of the MQTT sensor and binary sensor, and of
/// sensor entities (home-assistant.io, developers.home-assistant.io).
/// </summary>
public sealed partial class HomeAssistantTests
{
    private static readonly Dictionary<string, JsonElement> Said = MirrorSchool.Directory.Devices
        .SelectMany(id => new HomeAssistant(MirrorSchool.Site.Uplink, MqttTopic.Parse("energypilot/school/status")).Entities(MirrorSchool.Device(id, new ManualTime())))
        .ToDictionary(m => m.Topic.ToString(), m => JsonDocument.Parse(m.Payload).RootElement);

    private static readonly string[] Common = ["name", "unique_id", "state_topic", "value_template", "availability_topic", "expire_after", "device"];

    [Fact]
    public void Temperature_of_a_room_is_announced_whole() => JsonSerializer.Serialize(Of("sensor", "zone-cp_temperature"), Indented).ShouldBe("""
        {
          "name": "temperature",
          "unique_id": "energypilot_roubaix__e9cole_2e1_zone-cp_temperature",
          "state_topic": "energypilot/school/zone-cp",
          "value_template": "{{ value_json['temperature'] }}",
          "availability_topic": "energypilot/school/status",
          "expire_after": 900,
          "unit_of_measurement": "°C",
          "device_class": "temperature",
          "state_class": "measurement",
          "device": {
            "identifiers": [
              "energypilot_roubaix__e9cole_2e1_zone-cp"
            ],
            "name": "Classe 1 (CP)",
            "manufacturer": "EnergyPilot",
            "model": "Zone"
          }
        }
        """);

    [Theory]
    [InlineData("zone-cp_window", "window")]
    [InlineData("zone-cp_presence", "occupancy")]
    [InlineData("plant_boiler_fault", "problem")]
    [InlineData("plant_boiler_running", "running")]
    [InlineData("plant_boiler_release", null)]
    public void States_are_binary_sensors(string entity, string? kind)
    {
        var said = Of("binary_sensor", entity);
        Text(said, "device_class").ShouldBe(kind);
        // Jinja writes Python's words.
        (Text(said, "payload_on"), Text(said, "payload_off")).ShouldBe(("True", "False"));
        said.TryGetProperty("state_class", out _).ShouldBeFalse();
        said.TryGetProperty("unit_of_measurement", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("meter-gas_index", "m³", "gas", "total_increasing")]
    [InlineData("meter-electricity_index", "kWh", "energy", "total_increasing")]
    [InlineData("meter-electricity_power", "W", "power", "measurement")]
    [InlineData("meter-heat_index", "kWh", "energy", "total_increasing")]
    [InlineData("zone-cp_co2", "ppm", "carbon_dioxide", "measurement")]
    [InlineData("zone-cp_heat", "%", null, "measurement")]
    [InlineData("field_air-cp_humidity", "%", "humidity", "measurement")]
    public void Measured_values_have_unit_class_and_class_of_state(string entity, string unit, string? kind, string state)
    {
        var said = Of("sensor", entity);
        (Text(said, "unit_of_measurement"), Text(said, "device_class"), Text(said, "state_class")).ShouldBe((unit, kind, state));
    }

    [Fact]
    public void Mode_is_one_of_its_words()
    {
        var said = Of("sensor", "zone-cp_mode");
        Text(said, "device_class").ShouldBe("enum");
        said.GetProperty("options").EnumerateArray().Select(o => o.GetString()).ShouldBe(["comfort", "reduced", "absence", "frost"]);
        // An enumeration must have neither.
        said.TryGetProperty("state_class", out _).ShouldBeFalse();
        said.TryGetProperty("unit_of_measurement", out _).ShouldBeFalse();
    }

    [Fact]
    public void Every_point_is_announced_once_under_a_topic_that_it_takes_and_nothing_can_be_written()
    {
        Said.Count.ShouldBe(MirrorSchool.Directory.Points.Count + MirrorSchool.Site.Zones.Length);
        Said.Keys.ShouldAllBe(topic => Topic().IsMatch(topic));
        Said.Values.Select(s => Text(s, "unique_id")).ShouldBeUnique();
        foreach (var said in Said.Values)
        {
            var keys = said.EnumerateObject().Select(p => p.Name).ToList();
            Common.Except(keys).ShouldBeEmpty();
            keys.ShouldBeUnique();
            said.EnumerateObject().ShouldAllBe(p => !p.Name.Contains("command", StringComparison.Ordinal));
        }
    }

    // DEVICE_CLASS_STATE_CLASSES and DEVICE_CLASS_UNITS of its sensors.
    [Fact]
    public void Energy_and_volumes_have_a_class_only_where_they_count()
    {
        foreach (var said in Said.Values.Where(s => Text(s, "device_class") is "energy" or "gas" or "water" or "volume"))
            Text(said, "state_class").ShouldBe("total_increasing");
        foreach (var said in Said.Values.Where(s => Text(s, "state_class") == "total_increasing"))
            Text(said, "device_class").ShouldBeOneOf("energy", "gas", "water", "volume", null);
    }

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static JsonElement Of(string component, string entity) => Said[$"homeassistant/{component}/_e9cole_2e1/{entity}/config"];

    private static string? Text(JsonElement said, string key) => said.TryGetProperty(key, out var value) ? value.GetString() : null;

    [GeneratedRegex("^homeassistant/(sensor|binary_sensor)/[a-zA-Z0-9_-]+/[a-zA-Z0-9_-]+/config$")]
    private static partial Regex Topic();
}
