namespace EnergyPilot.Io.Sparkplug;

/// <summary>What is said about large or binary values. What is absent is empty, null or false.</summary>
public readonly ref struct SparkplugMetaData
{
    /// <summary>Whether this is a part of a value.</summary>
    public bool IsMultiPart { get; init; }

    /// <summary>The media type (UTF-8).</summary>
    public ReadOnlySpan<byte> ContentType { get; init; }

    /// <summary>The size of the value in bytes.</summary>
    public ulong? Size { get; init; }

    /// <summary>Which part it is.</summary>
    public ulong? Sequence { get; init; }

    /// <summary>The name of a file (UTF-8); not to be trusted as a path.</summary>
    public ReadOnlySpan<byte> FileName { get; init; }

    /// <summary>The kind of a file (UTF-8).</summary>
    public ReadOnlySpan<byte> FileType { get; init; }

    /// <summary>The MD5 of the data, as text.</summary>
    public ReadOnlySpan<byte> Md5 { get; init; }

    /// <summary>Anything else (UTF-8).</summary>
    public ReadOnlySpan<byte> Description { get; init; }

    internal static SparkplugMetaData Read(ReadOnlySpan<byte> message)
    {
        var read = default(SparkplugMetaData);
        var reader = new ProtobufReader(message);
        while (reader.TryRead())
            read = reader.Field switch
            {
                1 => read with { IsMultiPart = reader.Number != 0 },
                2 => read with { ContentType = reader.Bytes },
                3 => read with { Size = reader.Number },
                4 => read with { Sequence = reader.Number },
                5 => read with { FileName = reader.Bytes },
                6 => read with { FileType = reader.Bytes },
                7 => read with { Md5 = reader.Bytes },
                8 => read with { Description = reader.Bytes },
                _ => read,
            };
        return read;
    }

    internal void Write(ref ProtobufWriter to)
    {
        to.Flag(1, IsMultiPart);
        to.Optional(2, ContentType);
        to.Optional(3, Size);
        to.Optional(4, Sequence);
        to.Optional(5, FileName);
        to.Optional(6, FileType);
        to.Optional(7, Md5);
        to.Optional(8, Description);
    }
}
