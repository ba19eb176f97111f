namespace EnergyPilot.Tests.Core.Control;

/// <summary>What no school, weather, broken sensor, past, plan or wish may change. All laws are tried on the same ten thousand cases.</summary>
public sealed class ControlLaws
{
    private static readonly Action<Case>[] All = [.. Law.Of<Case>(typeof(OutputLaws), typeof(FrostLaws), typeof(ZoneLaws), typeof(PlantLaws))];
    private static readonly Lazy<IReadOnlyDictionary<string, string>> Broken = new(() => Law.Broken(All, Case.Of, cases: 10_000));

    public static TheoryData<string> Names => Law.Names(All);

    [Theory]
    [MemberData(nameof(Names))]
    public void Holds_in_ten_thousand_cases(string law)
    {
        if (Broken.Value.TryGetValue(law, out var why)) Assert.Fail(why);
    }
}
