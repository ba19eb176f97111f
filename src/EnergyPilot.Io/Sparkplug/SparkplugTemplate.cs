namespace EnergyPilot.Io.Sparkplug;

/// <summary>Metrics that belong together: the definition of a kind of thing, or an instance that refers to one.</summary>
public readonly ref struct SparkplugTemplate
{
    private readonly ReadOnlySpan<byte> message;

    private SparkplugTemplate(ReadOnlySpan<byte> message) => this.message = message;

    /// <summary>The version (UTF-8); empty when absent.</summary>
    public ReadOnlySpan<byte> Version { get; private init; }

    /// <summary>The definition that an instance refers to (UTF-8); empty in definitions.</summary>
    public ReadOnlySpan<byte> Reference { get; private init; }

    /// <summary>Whether it is a definition.</summary>
    public bool IsDefinition { get; private init; }

    /// <summary>The members.</summary>
    public SparkplugMetrics Metrics => new(message);

    /// <summary>The parameters.</summary>
    public SparkplugParameters Parameters => new(message);

    internal static SparkplugTemplate Read(ReadOnlySpan<byte> message)
    {
        var read = new SparkplugTemplate(message);
        var reader = new ProtobufReader(message);
        while (reader.TryRead())
            read = reader.Field switch
            {
                1 => read with { Version = reader.Bytes },
                4 => read with { Reference = reader.Bytes },
                5 => read with { IsDefinition = reader.Number != 0 },
                _ => read,
            };
        return read;
    }
}
