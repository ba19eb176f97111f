using System.Globalization;
using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Tests.Gateway.Storage;

public sealed class AccountBookTest : IDisposable
{
    private const string Password = "correct horse é";

    private readonly StoreFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_setup_code_makes_the_first_account_and_is_spent()
    {
        using var store = folder.Open();
        var code = store.Accounts.RenewSetupCode();
        code.ShouldMatch("^[34679ACDEFGHJKMNPQRTWXY]{8}$");
        store.Accounts.IsEmpty.ShouldBeTrue();

        store.Accounts.CreateFirst("AAAAAAAA", "Ana", Password).ShouldBe(AccountChange.WrongCode);
        store.Accounts.CreateFirst($" {code[..4].ToLowerInvariant()}-{code[4..]}", "Ana", Password).ShouldBe(AccountChange.Done);

        store.Accounts.All.ShouldBe([new Account("Ana", Role.Admin, folder.Time.GetUtcNow())]);
        store.Accounts.RenewSetupCode().ShouldBeEmpty();
        store.Accounts.CreateFirst(code, "Eve", Password).ShouldBe(AccountChange.AlreadySetUp);
        folder.Number("SELECT count(*) FROM setup_code").ShouldBe(0);
    }

    [Fact]
    public void The_setup_code_outlives_a_restart()
    {
        string code;
        using (var store = folder.Open()) code = store.Accounts.RenewSetupCode();
        using var again = folder.Open();

        again.Accounts.CreateFirst(code, "Ana", Password).ShouldBe(AccountChange.Done);
    }

    [Fact]
    public void The_setup_code_stands_ten_attempts_also_over_restarts()
    {
        string code;
        using (var store = folder.Open()) code = store.Accounts.RenewSetupCode();
        for (var attempt = 0; attempt < 10; attempt++)
        {
            using var store = folder.Open();
            store.Accounts.CreateFirst("wrong", "Eve", Password).ShouldBe(AccountChange.WrongCode);
        }

        using var again = folder.Open();
        again.Accounts.CreateFirst(code, "Ana", Password).ShouldBe(AccountChange.CodeUsedUp);
        again.Accounts.CreateFirst(again.Accounts.RenewSetupCode(), "Ana", Password).ShouldBe(AccountChange.Done);
    }

    [Theory]
    [InlineData("Ana", "ninechars", "PasswordRefused")]
    [InlineData("", Password, "NameRefused")]
    [InlineData(" Ana", Password, "NameRefused")]
    [InlineData("A\na", Password, "NameRefused")]
    [InlineData("bOb", Password, "NameTaken")]
    public void Bad_names_and_short_passwords_are_refused(string name, string password, string refusal)
    {
        using var store = folder.Open();
        store.Accounts.Add("Bob", Role.Staff, Password);

        store.Accounts.Add(name, Role.Staff, password).ToString().ShouldBe(refusal);

        store.Accounts.All.Length.ShouldBe(1);
    }

    [Fact]
    public void Only_the_right_password_is_welcome()
    {
        using var store = folder.Open();
        store.Accounts.Add("Ana", Role.Staff, Password);

        store.Accounts.Verify("ana", Password).ShouldBe(new(SignIn.Welcome, new("Ana", Role.Staff, folder.Time.GetUtcNow()), DateTimeOffset.MinValue));
        store.Accounts.Verify("Ana", Password.Normalize(System.Text.NormalizationForm.FormD)).Result.ShouldBe(SignIn.Welcome, "é in two signs is é");
        store.Accounts.Verify("Ana", Password + " ").Result.ShouldBe(SignIn.Refused);
        store.Accounts.Verify("Ana", "\ud800").Result.ShouldBe(SignIn.Refused);
        store.Accounts.Verify("Eve", Password).Result.ShouldBe(SignIn.Refused);
    }

    [Fact]
    public void Five_wrong_passwords_lock_and_each_further_one_locks_longer()
    {
        using (var store = folder.Open())
        {
            store.Accounts.Add("Ana", Role.Staff, Password);
            for (var n = 0; n < 5; n++) store.Accounts.Verify("Ana", "wrong").Result.ShouldBe(SignIn.Refused);
        }

        using var again = folder.Open();
        var locked = again.Accounts.Verify("Ana", Password);
        locked.Result.ShouldBe(SignIn.LockedOut, "the right password does not end it, nor a restart");
        locked.LockedUntil.ShouldBe(folder.Time.GetUtcNow().AddMinutes(1));
        folder.Time.Advance(TimeSpan.FromMinutes(1));
        again.Accounts.Verify("Ana", "wrong").Result.ShouldBe(SignIn.Refused);
        folder.Time.Advance(TimeSpan.FromMinutes(1));
        again.Accounts.Verify("Ana", Password).Result.ShouldBe(SignIn.LockedOut);
        folder.Time.Advance(TimeSpan.FromMinutes(1));
        again.Accounts.Verify("Ana", Password).Result.ShouldBe(SignIn.Welcome);
        folder.Number("SELECT failures FROM account").ShouldBe(0);
    }

    [Fact]
    public void A_clock_that_goes_back_does_not_lock_anybody_out_for_years()
    {
        using var store = folder.Open();
        store.Accounts.Add("Ana", Role.Staff, Password);
        for (var n = 0; n < 5; n++) store.Accounts.Verify("Ana", "wrong");
        folder.Time.Jump(folder.Time.GetUtcNow().AddYears(-5));

        store.Accounts.Verify("Ana", Password).Result.ShouldBe(SignIn.Welcome);
    }

    [Fact]
    public void The_last_admin_stays()
    {
        using var store = folder.Open();
        store.Accounts.Add("Ana", Role.Admin, Password);
        store.Accounts.Add("Bob", Role.Staff, Password);

        store.Accounts.Remove("Ana").ShouldBe(AccountChange.LastAdmin);
        store.Accounts.Remove("Bob").ShouldBe(AccountChange.Done);
        store.Accounts.Remove("Bob").ShouldBe(AccountChange.NoSuchAccount);
    }

    [Fact]
    public void A_changed_password_replaces_the_old_one()
    {
        using var store = folder.Open();
        store.Accounts.Add("Ana", Role.Staff, Password);

        store.Accounts.ChangePassword("Ana", "another horse").ShouldBe(AccountChange.Done);
        store.Accounts.ChangePassword("Ana", "short").ShouldBe(AccountChange.PasswordRefused);
        store.Accounts.ChangePassword("Eve", "another horse").ShouldBe(AccountChange.NoSuchAccount);

        store.Accounts.Verify("Ana", Password).Result.ShouldBe(SignIn.Refused);
        store.Accounts.Verify("Ana", "another horse").Result.ShouldBe(SignIn.Welcome);
    }

    [Fact]
    public void No_secret_stands_in_the_file()
    {
        string code;
        using (var store = folder.Open())
        {
            code = store.Accounts.RenewSetupCode();
            store.Accounts.CreateFirst(code, "Ana", Password);
        }

        var bytes = File.ReadAllBytes(folder.File);
        foreach (var secret in (string[])[code, Password]) bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(secret)).ShouldBe(-1);
        folder.Number("SELECT iterations FROM account").ToString(CultureInfo.InvariantCulture).ShouldBe("210000");
        folder.Number("SELECT length(salt) * 1000 + length(hash) FROM account").ShouldBe(16_064);
    }
}
