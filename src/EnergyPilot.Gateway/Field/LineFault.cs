namespace EnergyPilot.Gateway.Field;

/// <summary>What is wrong with a line as a whole, for people to read in their language; the engineer's sentence stands beside it.</summary>
public enum LineFault { None, NoConnection, LineLost, MeterSilent, PinsMissing, NotSetUp, Broker, Unreachable, NotTrusted, NoAnswer, Refused, Other }
