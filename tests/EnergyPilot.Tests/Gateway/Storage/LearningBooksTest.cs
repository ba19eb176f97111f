using System.Collections.Immutable;
using EnergyPilot.Core.Control;
using EnergyPilot.Core.Learning;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Running;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Tests.Core.Learning;
using Microsoft.Extensions.Logging;

namespace EnergyPilot.Tests.Gateway.Storage;

public sealed class LearningBooksTest : IDisposable
{
    private static readonly ZoneId Cp = new("cp"), Gym = new("gym");
    private static readonly Quarter[] Days = RandomZone.Days(ZoneModel.Prior, 2, new Random(1));

    private readonly StoreFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Quarters_survive_a_restart_to_the_last_bit()
    {
        using (var store = folder.Open())
            foreach (var quarter in Days) store.Record(Closed(quarter));

        using var again = folder.Open();
        again.Quarters.Since(Cp, DateTimeOffset.UnixEpoch).ShouldBe(Days);
        again.Quarters.Since(Gym, DateTimeOffset.UnixEpoch).Length.ShouldBe(Days.Length);
        again.Quarters.Since(Cp, Days[9].End).ShouldBe(Days[10..]);
    }

    [Fact]
    public void Quarters_cost_no_commit_of_their_own_and_are_known_before_it()
    {
        using var store = folder.Open();
        store.Record(Closed(Days[0]));

        folder.Number("SELECT count(*) FROM quarter").ShouldBe(0, "still in the batch of the samples");
        store.Quarters.Since(Cp, DateTimeOffset.UnixEpoch).ShouldBe([Days[0]]);
        store.Flush();
        folder.Number("SELECT count(*) FROM quarter").ShouldBe(2);
        store.Quarters.Since(Cp, DateTimeOffset.UnixEpoch).ShouldBe([Days[0]]);
    }

    [Fact]
    public void Lost_readings_and_unknown_worth_come_back_as_what_they_are()
    {
        var lost = Days[0] with { Room = double.NaN, Worth = QuarterWorth.Untrusted };
        using var store = folder.Open();
        store.Record(Closed(lost));
        store.Flush();
        store.Quarters.Since(Cp, DateTimeOffset.UnixEpoch).ShouldBe([lost]);

        folder.Number("UPDATE quarter SET worth = 77");
        store.Quarters.Since(Cp, DateTimeOffset.UnixEpoch)[0].Worth.ShouldBe(QuarterWorth.Untrusted);
    }

    [Fact]
    public void Clock_that_went_back_measures_anew()
    {
        using var store = folder.Open();
        store.Record(Closed(Days[0]));
        store.Flush();
        store.Record(Closed(Days[0] with { Room = 7 }));
        store.Flush();

        store.Quarters.Since(Cp, DateTimeOffset.UnixEpoch).ShouldHaveSingleItem().Room.ShouldBe(7);
    }

    [Fact]
    public void Quarters_go_after_60_days_and_mornings_after_three_years()
    {
        using var store = folder.Open();
        var morning = Came(Days[0].End);
        store.Record(Closed(Days[0], morning));
        store.Record(Closed(Days[^1]));

        store.Trim(Days[0].End.AddDays(60.5));
        store.Quarters.Since(Cp, DateTimeOffset.UnixEpoch).ShouldBe([Days[^1]]);
        store.Mornings.Between(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue).ShouldBe([morning]);

        store.Trim(Days[0].End.AddDays(1099));
        store.Mornings.Between(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue).ShouldBeEmpty();
    }

    [Fact]
    public void Morning_is_kept_with_what_was_not_needed_and_what_never_came()
    {
        var at = Days[0].End;
        var (needed, spared) = (Came(at), Came(at) with { Zone = Gym, Began = DateTimeOffset.MinValue, Ready = DateTimeOffset.MaxValue, Room = double.NaN });
        using (var store = folder.Open()) store.Record(Closed(Days[0], needed, spared));

        using var again = folder.Open();
        again.Mornings.Between(at, at.AddSeconds(1)).ShouldBe([needed, spared]);
        again.Mornings.Between(at.AddSeconds(1), DateTimeOffset.MaxValue).ShouldBeEmpty();
        again.Mornings.Newest.ShouldBe(at);
    }

    [Fact]
    public void Demo_forgets_what_it_learned_too()
    {
        using var store = folder.Open();
        store.Record(Closed(Days[0], Came(Days[0].End)));
        store.Knowledge.Change(Days[0].End, k => k.With(Cp, Learned.Of(ZonePrior.Ordinary, Days[0].End)));

        store.ForgetSamples();
        store.Flush();

        folder.Number("SELECT (SELECT count(*) FROM quarter) + (SELECT count(*) FROM morning) + (SELECT count(*) FROM shelf)").ShouldBe(0);
        store.Knowledge.Load().Zones.ShouldBeEmpty();
    }

    [Fact]
    public void Knowledge_survives_a_restart()
    {
        var learned = Something();
        using (var store = folder.Open())
            store.Knowledge.Change(Days[0].End, k => (k with { School = "École", TimeZone = "Europe/Paris" }).With(Cp, learned).With(Gym, Learned.Of(ZonePrior.Ordinary, Days[0].End)));

        using var again = folder.Open();
        var stored = again.Knowledge.Load();
        stored.School.ShouldBe("École");
        stored.LocalTime.Id.ShouldBe("Europe/Paris");
        var cp = stored.Zones[Cp];
        (cp.Model, cp.Days, cp.Rmse, cp.Updated, cp.LastAttempt, cp.LastVerdict).ShouldBe((learned.Model, learned.Days, learned.Rmse, learned.Updated, learned.LastAttempt, learned.LastVerdict));
        cp.SdRatios.ShouldBe(learned.SdRatios);
        cp.Prior.Model.ShouldBe(learned.Prior.Model);
        cp.Prior.Spread.ShouldBe(learned.Prior.Spread);
        stored.Zones[Gym].Rmse.ShouldBe(double.NaN);
    }

    [Theory]
    [InlineData("{"), InlineData("[]"), InlineData("{}"), InlineData("""{"school":"a","timeZone":"b","zones":{"cp":null}}"""), InlineData("""{"school":"a","timeZone":"b","zones":{"cp":{"days":3}}}""")]
    public void Knowledge_that_cannot_be_read_counts_as_none_and_is_said(string json)
    {
        using (var store = folder.Open()) store.Knowledge.Change(Days[0].End, k => k);
        folder.Number($"UPDATE shelf SET json = '{json}'");
        var log = new LogLines();

        using var again = folder.Open(log);

        again.Knowledge.Load().Zones.ShouldBeEmpty();
        log.All.Count(l => l.Level == LogLevel.Warning).ShouldBe(1);
    }

    [Theory]
    [InlineData("$.zones.cp.model.heating", "-3"), InlineData("$.zones.cp.model.heating", "1e9"), InlineData("$.zones.cp.sdRatios", "[1,2]"), InlineData("$.zones.cp.prior.spread[0]", "0")]
    public void One_zone_that_cannot_be_so_begins_anew_and_the_others_do_not(string path, string value)
    {
        using (var store = folder.Open()) store.Knowledge.Change(Days[0].End, k => k.With(Cp, Something()).With(Gym, Something()));
        folder.Number($"UPDATE shelf SET json = json_set(json, '{path}', json('{value}'))");
        var log = new LogLines();

        using var again = folder.Open(log);

        again.Knowledge.Load().Zones.Keys.ShouldBe([Gym]);
        log.All.ShouldContain(l => l.Level == LogLevel.Warning && l.Text.Contains("cp", StringComparison.Ordinal));
    }

    [Fact]
    public void File_of_the_version_before_gets_the_new_tables_and_keeps_its_own()
    {
        using (var store = folder.Open())
        {
            store.Record(School.Cycle(Days[0].End, (School.Room, 19)));
            store.Memory.Save(Memory.Empty);
        }

        folder.Number(
            """
            DROP TABLE vote; DROP TABLE session; DROP TABLE token; DROP TABLE second_factor; DROP TABLE recovery_code; DROP TABLE site_version; DROP TABLE site_trial;
            ALTER TABLE account DROP COLUMN given; DROP TRIGGER audit_is_not_removed;
            CREATE TRIGGER audit_is_not_removed BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
            DROP TABLE segment; DROP TABLE packed; DROP INDEX sample_by_time; ALTER TABLE sample DROP COLUMN segment; ALTER TABLE sample DROP COLUMN packed;
            CREATE INDEX sample_by_time ON sample (at, point); ALTER TABLE cursor DROP COLUMN moved;
            DROP TABLE quarter; DROP TABLE morning; ALTER TABLE override DROP COLUMN priority; PRAGMA user_version = 2
            """);

        using var again = folder.Open();
        again.SetAside.ShouldBeEmpty();
        again.Samples.Series(School.Room, Days[0].End, Days[0].End.AddHours(1), Resolution.Raw).ShouldHaveSingleItem();
        again.Record(Closed(Days[0]));
        again.Quarters.Since(Cp, DateTimeOffset.UnixEpoch).ShouldBe([Days[0]]);
    }

    private static Learned Something() => Learned.Of(ZonePrior.Ordinary, Days[0].End) with
    {
        Model = ZoneModel.Prior with { Heating = 11.25 }, SdRatios = [.. Enumerable.Range(1, 11).Select(i => i / 12.0)], Days = 12.5, Rmse = 0.31,
        LastAttempt = Days[1].End, LastVerdict = Verdict.KnowsLess,
    };

    private static Morning Came(DateTimeOffset use) => new(Cp, new ArrivalForecast(use.AddHours(-60), use, use.AddHours(-3), use.AddMinutes(-4), 18.75), use.AddHours(-2), use.AddMinutes(-1), 18.5, 19);

    private static CycleRecord Closed(Quarter quarter, params ImmutableArray<Morning> mornings) => School.Decided(School.Nothing(quarter.End) with
    {
        Quarters = [new ZoneQuarter(Cp, quarter), new ZoneQuarter(Gym, quarter)],
        Mornings = mornings,
    });
}
