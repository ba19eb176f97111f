namespace EnergyPilot.Io.MBus;

/// <summary>One question of a scan and its answer.</summary>
/// <param name="Asked">The address that was asked, possibly with wildcards.</param>
/// <param name="Outcome">What answered.</param>
/// <param name="Header">Of the meter that answered; null when it does not say who it is.</param>
/// <param name="Done">Share of the scan that is done, 0..1.</param>
public readonly record struct MBusScanStep(MBusAddress Asked, MBusScanOutcome Outcome, MBusHeader? Header, double Done);
