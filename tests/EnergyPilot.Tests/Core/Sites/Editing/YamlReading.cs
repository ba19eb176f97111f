using YamlDotNet.RepresentationModel;

namespace EnergyPilot.Tests.Core.Sites.Editing;

/// <summary>Another reader of YAML, YamlDotNet's own: what we write must mean the same to it.</summary>
internal static class YamlReading
{
    /// <summary>The text at a path; empty when there is none.</summary>
    public static string TextAt(string text, string path)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        YamlNode? node = stream.Documents[0].RootNode;
        foreach (var part in path.Replace("]", "", StringComparison.Ordinal).Split('.', '['))
            node = node switch
            {
                YamlMappingNode map => map.Children.TryGetValue(new YamlScalarNode(part), out var value) ? value : null,
                YamlSequenceNode list => int.TryParse(part, System.Globalization.CultureInfo.InvariantCulture, out var index) && index < list.Children.Count ? list.Children[index] : null,
                _ => null,
            };
        return node is YamlScalarNode scalar ? scalar.Value ?? "" : "";
    }
}
