using EnergyPilot.Core.Control;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.WhatIf;
using EnergyPilot.Gateway.Texts;

namespace EnergyPilot.Gateway.Web.WhatIf;

/// <summary>Questions and answers in words and figures.</summary>
internal static class QuestionWords
{
    private const int MostNamed = 3;

    /// <summary>All changes of a question, one after the other.</summary>
    public static string Of(Question question, Site site, Reader reader) => string.Join(reader.Say(Phrase.Semicolon), question.Changes.Select(c => Of(c, site, reader)));

    /// <summary>What would be different: "Hall et couloirs: 18.5 °C while in use".</summary>
    public static string Of(Alteration change, Site site, Reader reader)
    {
        var where = Fact.Of("where", Where(change, site, reader));
        return change switch
        {
            SetpointChange set => reader.Say(Enum.Parse<Phrase>($"WhatIfSays{set.Kind}"), where, Fact.Of("temperature", set.Setpoint)),
            StartChange start => reader.Say(Phrase.WhatIfSaysStart, where, Fact.Of("time", Reader.TimeOfDay(start.Earliest))),
            ClosedDaysChange days => reader.Say(
                Phrase.WhatIfSaysClosed, where, Fact.Of("first", reader.Date(days.First)), Fact.Of("last", reader.Date(days.Last)), Fact.Of("temperature", days.Setpoint)),
            HoursChange hours => reader.Say(
                Phrase.WhatIfSaysHours, where, Fact.Of("begin", Moved(hours.Begin, reader)), Fact.Of("end", Moved(hours.End, reader))),
            _ => "",
        };
    }

    /// <summary>The answer in one sentence.</summary>
    public static string Sentence(Answer answer, Reader reader)
    {
        var saved = answer.Saved.EnergyKwh;
        var before = answer.Before.EnergyKwh.Middle;
        var share = Fact.Of("share", new Core.Units.Share(before > 0 ? Math.Abs(saved.Middle) / before : double.NaN));
        return answer.Outcome switch
        {
            Outcome.Saves => reader.Say(Phrase.WhatIfSaves, Energy("energy", saved.Middle, reader), Energy("low", saved.Low, reader), Energy("high", saved.High, reader), share),
            Outcome.Costs => reader.Say(Phrase.WhatIfCosts, Energy("energy", -saved.Middle, reader), Energy("low", -saved.High, reader), Energy("high", -saved.Low, reader), share),
            Outcome.Unclear => reader.Say(Phrase.WhatIfUnclear, Energy("low", saved.Low, reader), Energy("high", saved.High, reader)),
            _ => reader.Say(Phrase.WhatIfSame),
        };
    }

    /// <summary>What it means for people.</summary>
    public static string Felt(Answer answer, Site site, Reader reader) => answer.Worst is { } worst
        ? reader.Say(
            Phrase.WhatIfColder, Fact.Of("zone", Names.Of(site, worst.Zone.Name)), Fact.Of("before", Hours(worst.ColdHoursBefore, reader)), Fact.Of("after", Hours(worst.ColdHoursAfter, reader)))
        : reader.Say(Phrase.WhatIfNoColder);

    /// <summary>A figure and between what it lies.</summary>
    public static (string Middle, string Range) Of(Likely value, Func<double, string> show, Reader reader)
    {
        var (middle, low, high) = (show(value.Middle), show(value.Low), show(value.High));
        return (middle, low == high || middle == Reader.Unknown ? "" : reader.Say(Phrase.WhatIfBetween, Fact.Of("low", low), Fact.Of("high", high)));
    }

    public static string Hours(double hours, Reader reader) => reader.Number(hours, "#,0", "\u00a0h");

    private static Fact Energy(string name, double kwh, Reader reader) => Fact.Of(name, reader.Energy(new(kwh)));

    private static string Where(Alteration change, Site site, Reader reader) =>
        change.Zones.IsEmpty || change.Zones.Length == site.Zones.Length ? reader.Say(Phrase.WhatIfWholeSchool)
        : change.Zones.Length <= MostNamed ? string.Join(", ", change.Zones.Select(z => Names.Of(site, z.Name)))
        : reader.Say(Phrase.WhatIfZones, Fact.Of("first", Names.Of(site, change.Zones[0].Name)), Fact.Count("more", change.Zones.Length - 1));

    private static string Moved(TimeSpan by, Reader reader) =>
        by == TimeSpan.Zero ? reader.Say(Phrase.WhatIfNotMoved) : reader.Say(by > TimeSpan.Zero ? Phrase.WhatIfLater : Phrase.WhatIfEarlier, Fact.Of("by", by.Duration()));
}
