using System.Text.Json.Nodes;
using EnergyPilot.Core.Devices;
using EnergyPilot.Core.Evaluation;
using EnergyPilot.Core.Sites;
using EnergyPilot.Tests.Core.Sites;

namespace EnergyPilot.Tests.Core.Documents;

public sealed class Schemas
{
    private const string Rewrite = "ENERGYPILOT_WRITE_SCHEMAS";

    [Theory]
    [InlineData("config/site.schema.json")]
    [InlineData("hardware/devices/device.schema.json")]
    [InlineData("config/boptest.schema.json")]
    public void Schema_files_are_those_that_the_readers_describe(string path)
    {
        var file = Path.Combine(SchoolFiles.Root, path);
        var described = Described(path);
        if (Environment.GetEnvironmentVariable(Rewrite) == "1") File.WriteAllText(file, described);
        File.ReadAllText(file).ShouldBe(described, $"Run the tests once with {Rewrite}=1 to write {path} anew");
    }

    [Fact]
    public void The_demonstration_school_is_right_by_the_schema_too() =>
        SchemaCheck.Of(Described("config/site.schema.json"), SchoolFiles.Demo.Text).ShouldBeEmpty();

    [Fact]
    public void Every_device_is_right_by_the_schema_too()
    {
        foreach (var (id, file) in SchoolFiles.DeviceTypes)
            SchemaCheck.Of(DeviceTypeFile.Schema, file.Text).ShouldBeEmpty(id);
    }

    [Fact]
    public void Every_yaml_file_names_its_schema()
    {
        SchoolFiles.Demo.Text.ShouldStartWith("# yaml-language-server: $schema=../site.schema.json\n");
        foreach (var file in SchoolFiles.DeviceTypes.Values)
            file.Text.ShouldStartWith("# yaml-language-server: $schema=device.schema.json\n", Case.Sensitive, file.Name);
    }

    [Theory]
    [InlineData("floor-area: 60 m²", "floor-area: 60 m")]
    [InlineData("floor-area: 60 m²", "floor-area: 60")]
    [InlineData("use: classroom", "use: clasroom")]
    [InlineData("persons: 25", "person: 25")]
    [InlineData("persons: 25", "persons: many")]
    [InlineData("wed: 08:30-12:00", "wed: morning")]
    [InlineData("wed: 08:30-12:00", "wednesday: 08:30-12:00")]
    [InlineData("id: lucie-aubrac", "id: Lucie_Aubrac")]
    [InlineData("outdoor: outdoor.temperature", "outdoor: []")]
    [InlineData("building:\n", "fabric:\n")]
    public void What_the_schema_can_see_it_refuses_like_the_reader(string find, string change)
    {
        var at = SchoolFiles.Demo.Text.IndexOf(find, StringComparison.Ordinal);
        var text = SchoolFiles.Demo.Text.Remove(at, find.Length).Insert(at, change);
        SchoolFiles.Parse(text).Mistakes.ShouldNotBeEmpty();
        SchemaCheck.Of(SiteFile.Schema, text).ShouldNotBeEmpty();
    }

    [Fact]
    public void Every_key_is_explained()
    {
        Unexplained(JsonNode.Parse(SiteFile.Schema)!, "site").ShouldBeEmpty();
        Unexplained(JsonNode.Parse(DeviceTypeFile.Schema)!, "device").ShouldBeEmpty();
    }

    private static IEnumerable<string> Unexplained(JsonNode node, string path)
    {
        if (node is not JsonObject schema) yield break;
        if (schema["properties"] is JsonObject properties)
            foreach (var (key, value) in properties)
                if (value?["description"] is null) yield return $"{path}.{key}";
        foreach (var (key, value) in schema)
            if (value is JsonObject)
                foreach (var found in Unexplained(value, $"{path}.{key}")) yield return found;
    }

    private static string Described(string path) =>
        path.Contains("device", StringComparison.Ordinal) ? DeviceTypeFile.Schema : path.Contains("boptest", StringComparison.Ordinal) ? CaseMapFile.Schema : SiteFile.Schema;
}
