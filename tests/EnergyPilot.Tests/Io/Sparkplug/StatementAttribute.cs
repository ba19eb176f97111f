namespace EnergyPilot.Tests.Io.Sparkplug;

/// <summary>The statements of Sparkplug 3.0 that a test is about, by their ids without "tck-id-".</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class StatementAttribute(params string[] ids) : Attribute
{
    public IReadOnlyList<string> Ids => ids;
}
