using EnergyPilot.Gateway.Storage;
using Microsoft.Data.Sqlite;

namespace EnergyPilot.Tests.Gateway.Storage;

public sealed class AccessBooksTest : IDisposable
{
    private readonly StoreFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Sessions_and_tokens_outlive_a_restart_and_no_key_stands_in_the_file()
    {
        string session, token;
        using (var store = folder.Open())
        {
            session = store.Access.Sessions.Begin("Ana", "10.0.0.7", "Firefox, Linux");
            store.Access.Tokens.TryAdd("Ana", "display", TokenScope.Comfort, folder.Time.GetUtcNow().AddDays(1), out token).ShouldBeTrue();
        }

        using var again = folder.Open();
        again.Access.Sessions.TryFind(session, out var found).ShouldBeTrue();
        found.ShouldBe(new Session(1, "Ana", folder.Time.GetUtcNow(), folder.Time.GetUtcNow(), "10.0.0.7", "Firefox, Linux"));
        again.Access.Tokens.TryFind(token, out _).ShouldBeTrue();
        var bytes = File.ReadAllBytes(folder.File);
        foreach (var key in (string[])[session, token]) bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(key)).ShouldBe(-1);
    }

    [Fact]
    public void A_session_ends_after_a_week_unseen_and_goes_on_while_it_is_seen()
    {
        using var store = folder.Open();
        var key = store.Access.Sessions.Begin("Ana", "", "");
        for (var day = 0; day < 20; day++)
        {
            folder.Time.Advance(TimeSpan.FromDays(1));
            store.Access.Sessions.TryFind(key, out _).ShouldBeTrue();
        }

        folder.Time.Advance(TimeSpan.FromDays(7.1));
        store.Access.Sessions.TryFind(key, out _).ShouldBeFalse();
    }

    [Fact]
    public void The_twenty_first_session_ends_the_one_unseen_for_longest()
    {
        using var store = folder.Open();
        List<string> keys = [];
        for (var n = 0; n < SessionBook.MostPerAccount + 1; n++)
        {
            keys.Add(store.Access.Sessions.Begin("Ana", "", ""));
            folder.Time.Advance(TimeSpan.FromMinutes(1));
        }

        store.Access.Sessions.TryFind(keys[0], out _).ShouldBeFalse();
        store.Access.Sessions.TryFind(keys[1], out _).ShouldBeTrue();
        folder.Number("SELECT count(*) FROM session").ShouldBe(SessionBook.MostPerAccount);
    }

    [Fact]
    public void Card_that_takes_nothing_keeps_nobody_out()
    {
        using var store = folder.Open();
        var kept = store.Access.Sessions.Begin("Ana", "", "");
        folder.Number("CREATE TRIGGER full BEFORE INSERT ON session BEGIN SELECT RAISE(ABORT, 'full'); END");
        folder.Number("CREATE TRIGGER stuck BEFORE DELETE ON session BEGIN SELECT RAISE(ABORT, 'full'); END");
        folder.Time.Advance(TimeSpan.FromDays(8));

        string[] keys = [store.Access.Sessions.Begin("Ana", "", ""), store.Access.Sessions.Begin("Ana", "", "")];

        store.Access.Sessions.TryFind(kept, out _).ShouldBeFalse();
        foreach (var key in keys) store.Access.Sessions.TryFind(key, out _).ShouldBeTrue();
        store.Access.Sessions.Of("Ana").Select(s => s.Id).ShouldBeUnique();
        folder.Number("DROP TRIGGER full");
        folder.Number("DROP TRIGGER stuck");
        store.Access.Sessions.EndOthers("Ana", 0).ShouldBe(2);
    }

    [Fact]
    public void Being_seen_is_written_every_ten_minutes_only()
    {
        using var store = folder.Open();
        var key = store.Access.Sessions.Begin("Ana", "", "");
        var begun = folder.Number("SELECT seen FROM session");
        folder.Time.Advance(TimeSpan.FromMinutes(9));
        store.Access.Sessions.TryFind(key, out _);
        folder.Number("SELECT seen FROM session").ShouldBe(begun);
        folder.Time.Advance(TimeSpan.FromMinutes(2));
        store.Access.Sessions.TryFind(key, out _);
        folder.Number("SELECT seen FROM session").ShouldBe(begun + 660_000);
    }

    [Fact]
    public void The_audit_lets_go_only_what_is_five_years_old_and_keeps_the_newest_thousand()
    {
        using var store = folder.Open();
        var old = folder.Time.GetUtcNow().AddYears(-6);
        for (var n = 0; n < 30; n++) store.Audit.Write(new(n < 10 ? old : folder.Time.GetUtcNow(), "Ana", "console", "x", $"{n}", "", ""));
        store.Trim(folder.Time.GetUtcNow());
        folder.Number("SELECT count(*) FROM audit").ShouldBe(30, "the newest thousand stay whatever the clock says");

        using (var connection = new SqliteConnection($"Data Source={folder.File};Pooling=False"))
        {
            connection.Open();
            connection.Execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1100) INSERT INTO audit (at, who, origin, what, subject, old, new) SELECT @at, '', '', '', '', '', '' FROM n", ("@at", folder.Time.GetUtcNow().Milliseconds()));
            Should.Throw<SqliteException>(() => connection.Execute("DELETE FROM audit WHERE id = 5"), "not the oldest").Message.ShouldContain("append-only");
        }

        store.Trim(folder.Time.GetUtcNow());
        store.Audit.Latest(2000)[^1].Subject.ShouldBe("10");
        folder.Number("SELECT count(*) FROM audit").ShouldBe(1120);
    }
}
