using EnergyPilot.Core.Learning;

namespace EnergyPilot.Core.Control;

/// <summary>A zone's next warm-up: what is expected of it, and how it goes.</summary>
/// <param name="Quarter">When the expectation was last worked out.</param>
/// <param name="LeadHours">How long before the use it must begin [h].</param>
/// <param name="For">The use that a warm-up is running for; MinValue while none is.</param>
/// <param name="Began">When it began.</param>
/// <param name="Ready">When the room was warm; MaxValue while it is not.</param>
/// <param name="From">How it was then; the default value when the climb teaches nothing, or has taught what it could.</param>
/// <param name="Regression">What warm-ups have taught a zone whose water nobody measures.</param>
public sealed record WarmUpMemory(
    DateTimeOffset Quarter, double LeadHours, DateTimeOffset For, DateTimeOffset Began, DateTimeOffset Ready, ColdStart From, WarmUpRegression Regression)
{
    public static readonly WarmUpMemory None = new(
        DateTimeOffset.MinValue, double.NaN, DateTimeOffset.MinValue, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, default, WarmUpRegression.Start);

    internal bool IsSound => Regression.IsSound;

    internal bool IsRunning => For != DateTimeOffset.MinValue;
}
