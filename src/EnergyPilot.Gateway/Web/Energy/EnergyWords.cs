using EnergyPilot.Core.Control;
using EnergyPilot.Core.Energy;
using EnergyPilot.Core.Sites;
using EnergyPilot.Core.Units;
using EnergyPilot.Gateway.Texts;

namespace EnergyPilot.Gateway.Web.Energy;

/// <summary>With what a period is compared.</summary>
internal enum ComparedPeriod { DayBefore, WeekBefore, MonthBefore, YearBefore, SameDayLastYear, SameWeekLastYear, SameMonthLastYear }

/// <summary>Energy, money and periods in the reader's words.</summary>
internal static class EnergyWords
{
    private const string Nbsp = "\u00a0";

    /// <summary>The least difference that is one [K].</summary>
    private const double NoticeableK = 0.5;

    extension(Reader reader)
    {
        public string Amount(Meter meter, double amount) => meter.Medium == Medium.Water
            ? reader.Number(amount, amount < 100 ? "0.0" : "#,0", $"{Nbsp}m³")
            : reader.Energy(new KilowattHours(amount));

        public string Money(double euro) => reader.Number(euro, euro < 100 ? "0.00" : "#,0", $"{Nbsp}€");

        public string Emissions(double kg) => kg < 10_000 ? reader.Number(kg, kg < 10 ? "0.0" : "#,0", $"{Nbsp}kg") : reader.Number(kg / 1000, "#,0.0", $"{Nbsp}t");

        /// <summary>"Week 47: 16 to 22 November 2026".</summary>
        public string Title(EnergyPeriod period)
        {
            var culture = reader.Language.Culture;
            return period.Length switch
            {
                PeriodLength.Day => Capital(period.First.ToString("dddd d MMMM yyyy", culture)),
                PeriodLength.Week => reader.Say(
                    Phrase.EnergyWeekTitle, Fact.Count("week", period.Week), Fact.Of("first", period.First.ToString(period.First.Month == period.Last.Month ? "%d" : "d MMMM", culture)), Fact.Of("last", period.Last.ToString("d MMMM yyyy", culture))),
                PeriodLength.Month => Capital(period.First.ToString("MMMM yyyy", culture)),
                _ => period.First.ToString("yyyy", culture),
            };
        }

        /// <summary>What stands below a bar: an hour, a day or a month.</summary>
        public string Label(EnergyPeriod period, EnergyBar bar)
        {
            var local = reader.Site.Local(bar.From);
            return period.Length switch
            {
                PeriodLength.Day => local.ToString("HH:mm", reader.Language.Culture),
                PeriodLength.Week => local.ToString("ddd d", reader.Language.Culture),
                PeriodLength.Month => local.ToString("%d", reader.Language.Culture),
                _ => local.ToString("MMM", reader.Language.Culture),
            };
        }

        /// <summary>"12 % more than the week before (3 °C colder then)."</summary>
        public string Compared(ComparedPeriod period, EnergyComparison comparison)
        {
            var percent = Math.Round(Math.Abs(comparison.Change) * 100);
            var phrase = !double.IsFinite(comparison.Change) ? comparison.Now > 0 ? Phrase.EnergyNothingThen : Phrase.EnergyAsMuch
                : percent < 1 ? Phrase.EnergyAsMuch : comparison.Change > 0 ? Phrase.EnergyMore : Phrase.EnergyLess;
            var milder = comparison.OutdoorNowC - comparison.OutdoorThenC;
            return reader.Say(
                phrase, Fact.Of("period", reader.Word(period)), Fact.Of("share", new Share(Math.Abs(comparison.Change))),
                Fact.Of("milder", Degrees(milder)), Fact.Of("colder", Degrees(-milder)));

            string Degrees(double more) => more >= NoticeableK ? reader.Number(more, "0.0", "") : "";
        }
    }

    public static string IconOf(Medium medium) => medium switch { Medium.Electricity => "bolt", Medium.Water => "drop", Medium.Heat => "sun", _ => "flame" };

    public static ComparedPeriod Before(PeriodLength length) => length switch
    {
        PeriodLength.Day => ComparedPeriod.DayBefore,
        PeriodLength.Week => ComparedPeriod.WeekBefore,
        PeriodLength.Month => ComparedPeriod.MonthBefore,
        _ => ComparedPeriod.YearBefore,
    };

    public static ComparedPeriod YearAgo(PeriodLength length) => length switch
    {
        PeriodLength.Day => ComparedPeriod.SameDayLastYear,
        PeriodLength.Week => ComparedPeriod.SameWeekLastYear,
        _ => ComparedPeriod.SameMonthLastYear,
    };

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
