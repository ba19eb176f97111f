namespace EnergyPilot.Io.Sparkplug;

/// <summary>What the specification asks of births. Every complaint says where.</summary>
internal static class SparkplugBirthCheck
{
    public const string BirthDeathSequence = "bdSeq";
    public const string Rebirth = "Node Control/Rebirth";

    public static void Require(SparkplugBirth birth)
    {
        var aliases = new Dictionary<ulong, string>();
        var devices = new Dictionary<string, string>();
        RequireMetrics("the node", birth.Node, aliases, new() { [Folded(BirthDeathSequence)] = BirthDeathSequence, [Folded(Rebirth)] = Rebirth });
        foreach (var device in birth.Devices)
        {
            SparkplugTopics.RequireId("device", device.Id);
            // case-sensitivity-sparkplug-ids, topic-structure-namespace-unique-device-id
            if (!devices.TryAdd(Folded(device.Id), device.Id))
                throw new ArgumentException($"The devices '{devices[Folded(device.Id)]}' and '{device.Id}' have the same identifier, but for its case.");
            RequireMetrics($"the device '{device.Id}'", device.Metrics, aliases, []);
        }
    }

    private static void RequireMetrics(
        string whose, IEnumerable<SparkplugBirthMetric> metrics, Dictionary<ulong, string> aliases, Dictionary<string, string> names)
    {
        foreach (var metric in metrics)
        {
            SparkplugTopics.RequireText($"metric of {whose}", metric.Name);
            // case-sensitivity-metric-names
            if (!names.TryAdd(Folded(metric.Name), metric.Name))
                throw new ArgumentException($"The metrics '{names[Folded(metric.Name)]}' and '{metric.Name}' of {whose} have the same name, but for its case.");
            // payloads-alias-uniqueness
            if (metric.Alias != 0 && !aliases.TryAdd(metric.Alias, $"'{metric.Name}' of {whose}"))
                throw new ArgumentException($"The alias {metric.Alias} is given twice: to {aliases[metric.Alias]} and to '{metric.Name}' of {whose}.");
            RequireValue($"'{metric.Name}' of {whose}", metric);
        }
    }

    private static void RequireValue(string which, SparkplugBirthMetric metric)
    {
        if (!SparkplugScalar.IsOf(metric.Type))
            throw new ArgumentException($"The metric {which} cannot be a {metric.Type}.");
        if (!metric.Value.TryAs(metric.Type, out _))
            throw new ArgumentException($"The value {metric.Value} of {which} is no {metric.Type}.");
        if (metric.At < DateTimeOffset.UnixEpoch)
            throw new ArgumentException($"The value of {which} is from before 1970.");
        foreach (var (name, value) in metric.Properties)
        {
            SparkplugTopics.RequireText($"property of {which}", name);
            if (value.Type is SparkplugType.Unknown or > SparkplugType.Text)
                throw new ArgumentException($"The property '{name}' of {which} is null or bytes.");
            // payloads-propertyset-quality-value-type, -value
            if (name == SparkplugPropertyList.Quality && !(value.Type == SparkplugType.Int32 && value.TryInteger(out var code) && (SparkplugQuality)code is SparkplugQuality.Bad or SparkplugQuality.Good or SparkplugQuality.Stale))
                throw new ArgumentException($"The quality of {which} is not 0, 192 or 500 as an Int32.");
        }
    }

    private static string Folded(string text) => text.ToLowerInvariant();
}
