namespace EnergyPilot.Core.Points;

/// <summary>The name of a point within a site: "device.point" for what hangs on a bus ("meter-gas.volume"), "zone/ID.what" for what the control makes ("zone/cp.setpoint").</summary>
public readonly record struct PointId(string Name) : IComparable<PointId>
{
    // Points are looked up by name a hundred times a cycle: the name is hashed once, where it was read from the site file.
    private readonly int hash = Name.GetHashCode(StringComparison.Ordinal);

    public bool Equals(PointId other) => hash == other.hash && (ReferenceEquals(Name, other.Name) || Name == other.Name);
    public override int GetHashCode() => hash;
    public int CompareTo(PointId other) => string.CompareOrdinal(Name, other.Name);
    public static bool operator <(PointId a, PointId b) => a.CompareTo(b) < 0;
    public static bool operator >(PointId a, PointId b) => a.CompareTo(b) > 0;
    public static bool operator <=(PointId a, PointId b) => a.CompareTo(b) <= 0;
    public static bool operator >=(PointId a, PointId b) => a.CompareTo(b) >= 0;
    public override string ToString() => Name;
}
