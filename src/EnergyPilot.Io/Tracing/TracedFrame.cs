namespace EnergyPilot.Io.Tracing;

/// <summary>Bytes that went over a wire in one piece, as they were: also damaged ones.</summary>
/// <param name="At">When, by the wall clock (UTC).</param>
/// <param name="Direction">Which way.</param>
/// <param name="Bytes">The bytes of a frame, or what was heard instead of one.</param>
public sealed record TracedFrame(DateTimeOffset At, FrameDirection Direction, ReadOnlyMemory<byte> Bytes);
