namespace EnergyPilot.Core.Documents;

/// <summary>A text file as the shell read it: the name that mistakes are reported under, and what stands in it.</summary>
public sealed record DocumentText(string Name, string Text);
