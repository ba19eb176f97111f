using EnergyPilot.Core.Planning;

namespace EnergyPilot.Tests.Core.Planning;

/// <summary>What a plan is for.</summary>
public sealed class PlannerTests
{
    // Study: hours 8 to 16.5 counted from two hours before; boiler, flat price, 24 × ½ h and 24 × 1 h.
    private static readonly PlanRequest Vector = Requests.Of(
        Requests.Zone() with { Uses = [Requests.Use(4, 12.5), Requests.Use(28, 36.5)] })
        with { Steps = PlanSteps.Cut((24, 0.5), (24, 1)) };

    [Fact]
    public void Plan_of_the_study_is_found_again()
    {
        var plan = Planner.Make(Vector);

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(" ", plan.Zones[0].Steps.Select(s => $"{s.Emission:0.00}")) + $" sum {plan.Zones[0].Steps.Sum(s => s.Emission):0.000} it {plan.Iterations} {plan.Verdict}");
        plan.Verdict.ShouldBe(PlanVerdict.Solved);
        plan.Iterations.ShouldBeLessThanOrEqualTo(20);
        plan.Zones[0].Steps.Sum(s => s.Emission).ShouldBe(14.62, 0.05);
    }
}
