namespace EnergyPilot.Io.Sparkplug;

/// <summary>How good a value is: the property "Quality". Source: Sparkplug 3.0, quality codes.</summary>
public enum SparkplugQuality
{
    /// <summary>Not to be used.</summary>
    Bad = 0,

    /// <summary>As measured; need not be said.</summary>
    Good = 192,

    /// <summary>The last value of a source that is silent now.</summary>
    Stale = 500,
}
