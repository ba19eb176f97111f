using System.Collections.Immutable;
using EnergyPilot.Gateway.Texts;
using EnergyPilot.Gateway.Web;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>A setpoint as people type it, whatever the form.</summary>
public sealed class TypedSetpoints
{
    [Theory]
    [InlineData("20,5")]
    [InlineData(" 20.5 °C ")]
    [InlineData("20,5°c")]
    [InlineData("20,5°")]
    public void Comma_or_point_with_or_without_unit(string typed)
    {
        var mistakes = ImmutableArray.CreateBuilder<Mistake>();
        TypedCelsius.Read(typed, "setpoint", SampleSchool.Site.Control, mistakes).ShouldNotBeNull().Degrees.ShouldBe(20.5);
        mistakes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(" °C", nameof(Phrase.SetpointMissing))]
    [InlineData("warm", nameof(Phrase.SetpointUnreadable))]
    [InlineData("NaN", nameof(Phrase.SetpointUnreadable))]
    [InlineData("20 K", nameof(Phrase.SetpointUnreadable))]
    [InlineData("60", nameof(Phrase.SetpointOutside))]
    [InlineData("-3", nameof(Phrase.SetpointOutside))]
    public void What_is_none_is_a_mistake_at_its_field(string typed, string why)
    {
        var mistakes = ImmutableArray.CreateBuilder<Mistake>();
        TypedCelsius.Read(typed, "comfort", SampleSchool.Site.Control, mistakes).ShouldBeNull();
        mistakes.ShouldHaveSingleItem().ShouldSatisfyAllConditions(m => m.Field.ShouldBe("comfort"), m => m.Phrase.ToString().ShouldBe(why));
    }
}
