namespace EnergyPilot.Tests;
public sealed class FirstTest { [Fact] public void Runs() => Assert.True(true); }
