namespace EnergyPilot.Io.MBus;

/// <summary>Where a record's value stands.</summary>
public enum MBusValueKind
{
    /// <summary>There is none; <see cref="MBusRecord.Fault"/> may say why.</summary>
    None,

    /// <summary>In <see cref="MBusRecord.Number"/>, in <see cref="MBusRecord.Unit"/>.</summary>
    Number,

    /// <summary>In <see cref="MBusRecord.Text"/>.</summary>
    Text,

    /// <summary>In <see cref="MBusRecord.Time"/>, at midnight (type G).</summary>
    Date,

    /// <summary>In <see cref="MBusRecord.Time"/>: the meter's own clock, whose time zone it does not tell (types F, I).</summary>
    DateTime,

    /// <summary>In <see cref="MBusRecord.Number"/>, as seconds since midnight (type J).</summary>
    TimeOfDay,

    /// <summary>In <see cref="MBusRecord.Data"/>, in the order of the wire: binary data of a length of its own.</summary>
    Bytes,

    /// <summary>In <see cref="MBusRecord.Data"/>: the rest of the telegram, known to the manufacturer only (DIF 0Fh or 1Fh).</summary>
    ManufacturerData,
}
