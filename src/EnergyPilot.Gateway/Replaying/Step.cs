namespace EnergyPilot.Gateway.Replaying;

/// <summary>From <paramref name="At"/> on, something was decided to be this, and why.</summary>
/// <param name="Value">In the unit of its quantity; not-a-number when it was not decided at all.</param>
/// <param name="Code">The reason's code.</param>
/// <param name="Sentence">The reason for people.</param>
internal readonly record struct Step(DateTimeOffset At, double Value, string Code, string Sentence)
{
    public bool IsDecided => !double.IsNaN(Value);
}
