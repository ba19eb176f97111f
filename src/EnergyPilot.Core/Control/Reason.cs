using System.Collections.Immutable;

namespace EnergyPilot.Core.Control;

/// <summary>
/// Why something was decided: a stable code and the facts that decided, in the order in which the sentence needs them.
/// The sentence itself, in the reader's language, is made from both by whoever shows it.
/// </summary>
public sealed record Reason(ReasonCode Code, ImmutableArray<Fact> Facts)
{
    public static Reason Of(ReasonCode code, params ReadOnlySpan<Fact> facts) => new(code, [.. facts]);

    public bool Equals(Reason? other) => other is not null && Code == other.Code && Facts.AsSpan().SequenceEqual(other.Facts.AsSpan());

    public override int GetHashCode() => Facts.Aggregate((int)Code, HashCode.Combine);
}

/// <summary>One named fact of a reason: a number with its kind, or a text.</summary>
/// <param name="Name">The name that the sentence refers to, for example "room".</param>
/// <param name="Kind">How to show it.</param>
/// <param name="Number">Canonical unit of the kind; for <see cref="FactKind.Time"/> seconds since 1970 (UTC).</param>
/// <param name="Text">For <see cref="FactKind.Text"/>: a name given by people; else empty.</param>
public readonly record struct Fact(string Name, FactKind Kind, double Number, string Text)
{
    public static Fact Of(string name, Units.Celsius temperature) => new(name, FactKind.Temperature, temperature.Degrees, "");
    public static Fact Of(string name, Units.Kelvin difference) => new(name, FactKind.Difference, difference.Difference, "");
    public static Fact Of(string name, Units.Share share) => new(name, FactKind.Share, share.Value, "");
    public static Fact Of(string name, TimeSpan duration) => new(name, FactKind.Duration, duration.TotalSeconds, "");
    public static Fact Of(string name, DateTimeOffset time) => new(name, FactKind.Time, time.ToUnixTimeSeconds(), "");
    public static Fact Of(string name, string text) => new(name, FactKind.Text, 0, text);
    public static Fact Count(string name, int count) => new(name, FactKind.Count, count, "");
}

/// <summary>How a fact is shown.</summary>
public enum FactKind { Temperature, Difference, Share, Duration, Time, Count, Text }
