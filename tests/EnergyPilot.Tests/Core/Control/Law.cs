using FsCheck;
using FsCheck.Fluent;

namespace EnergyPilot.Tests.Core.Control;

/// <summary>A law is tried on cases that follow from one number, so that a failure can be repeated by that number alone.</summary>
internal static class Law
{
    public static void Holds(Action<Random> law, int cases = 2000) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(cases), Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => law(new Random(seed))));
}
