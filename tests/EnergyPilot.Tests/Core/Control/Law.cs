using System.Reflection;
using FsCheck;
using FsCheck.Fluent;

namespace EnergyPilot.Tests.Core.Control;

/// <summary>A law is tried on cases that follow from one number, so that a failure can be repeated by that number alone.</summary>
internal static class Law
{
    public static void Holds(Action<Random> law, int cases = 2000) => Tried(seed => law(new Random(seed)), cases);

    /// <summary>The laws that a class states: its methods that take a case.</summary>
    public static IEnumerable<Action<T>> Of<T>(params Type[] classes) => classes
        .SelectMany(c => c.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly))
        .Where(m => m.ReturnType == typeof(void) && m.GetParameters() is [var only] && only.ParameterType == typeof(T))
        .Select(m => m.CreateDelegate<Action<T>>());

    /// <summary>The laws by name, each shown as a sentence.</summary>
    public static TheoryData<string> Names<T>(IEnumerable<Action<T>> laws) =>
        [.. laws.Select(law => new TheoryDataRow<string>(law.Method.Name) { TestDisplayName = law.Method.Name.Replace('_', ' ') })];

    /// <summary>Tries many laws on the same cases, which cost far more than the looking. What broke each of the broken ones first, by the law's name.</summary>
    public static IReadOnlyDictionary<string, string> Broken<T>(IReadOnlyCollection<Action<T>> laws, Func<int, T> make, int cases)
    {
        var broken = new Dictionary<string, string>();
        Tried(seed =>
        {
            var any = make(seed);
            foreach (var law in laws)
                if (!broken.ContainsKey(law.Method.Name) && Fails(law, any) is { } why) broken[law.Method.Name] = $"In case {seed}: {why}";
        }, cases);
        return broken;
    }

    private static string? Fails<T>(Action<T> law, T any)
    {
        try
        {
            law(any);
            return null;
        }
        catch (Exception e) when (e is ShouldAssertException or InvalidOperationException or ArgumentException or KeyNotFoundException or OverflowException)
        {
            return e.Message;
        }
    }

    private static void Tried(Action<int> law, int cases) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(cases), Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), law));
}
