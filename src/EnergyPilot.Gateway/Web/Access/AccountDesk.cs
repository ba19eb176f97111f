using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Gateway.Web.Access;

/// <summary>All that people do with accounts, sessions and tokens: done at once, and told to the audit with who and from where.</summary>
internal sealed class AccountDesk(AccessBooks books, RefusalLog refusals, TimeProvider time)
{
    private static readonly TimeSpan LongestToken = TimeSpan.FromDays(5 * 366);

    public AccessBooks Books => books;

    /// <summary>One's own password: the old one is asked, as when signing in; every other session ends.</summary>
    public SignInAnswer ChangeOwnPassword(Visitor visitor, long session, string old, string password, out AccountChange change)
    {
        change = AccountChange.Done;
        var answer = Confirm(visitor, old);
        if (answer.Result != SignIn.Welcome || (change = books.Accounts.ChangePassword(visitor.Name, password)) != AccountChange.Done) return answer;
        books.Sessions.EndOthers(visitor.Name, session);
        Tell(visitor, "password changed", visitor.Name, "", "");
        return answer;
    }

    /// <summary>Somebody who is signed in shows that the password is known: who found the browser open does not know it.</summary>
    public SignInAnswer Confirm(Visitor visitor, string password)
    {
        // Nothing typed is no guess.
        if (password.Length == 0) return SignInAnswer.Refused;
        var answer = books.Accounts.Verify(visitor.Name, password);
        if (answer.Result != SignIn.Welcome) refusals.Tell(answer.Result == SignIn.LockedOut ? "sign-in locked out" : "sign-in refused", visitor.Name, visitor.From);
        return answer;
    }

    public AccountChange Add(Visitor visitor, string name, Role role, string password) =>
        Told(visitor, books.Accounts.Add(name, role, password, PasswordBy.Admin), "account added", name, "", role.ToString());

    public AccountChange ChangeRole(Visitor visitor, Account account, Role role)
    {
        if (account.Role == role) return AccountChange.Done;
        var change = Told(visitor, books.Accounts.ChangeRole(account.Name, role), "role changed", account.Name, account.Role.ToString(), role.ToString());
        if (change == AccountChange.Done) books.Sessions.EndOthers(account.Name, 0);
        return change;
    }

    /// <summary>A password that its owner changes at the next sign-in; whoever was signed in with the old one is so no more.</summary>
    public AccountChange GivePassword(Visitor visitor, string name, string password)
    {
        var change = Told(visitor, books.Accounts.ChangePassword(name, password, PasswordBy.Admin), "password given", name, "", "");
        if (change == AccountChange.Done) books.Sessions.EndOthers(name, 0);
        return change;
    }

    public AccountChange Unlock(Visitor visitor, string name)
    {
        var change = books.Accounts.Unlock(name);
        if (change == AccountChange.Done) books.SecondSteps.Forgive(name);
        return Told(visitor, change, "account unlocked", name, "", "");
    }

    public AccountChange Remove(Visitor visitor, Account account)
    {
        var change = Told(visitor, books.Accounts.Remove(account.Name), "account removed", account.Name, account.Role.ToString(), "");
        if (change != AccountChange.Done) return change;
        books.Sessions.EndOthers(account.Name, 0);
        books.Tokens.Forget(account.Name);
        return change;
    }

    public bool EndSession(Visitor visitor, string account, long id)
    {
        var session = books.Sessions.Of(account).FirstOrDefault(s => s.Id == id);
        if (session is null || !books.Sessions.End(account, id)) return false;
        Tell(visitor, "session ended", account, $"{session.From} {session.Browser}".TrimEnd(), "");
        return true;
    }

    /// <summary>Ends all sessions of an account but one; 0 spares none.</summary>
    public int EndSessions(Visitor visitor, string account, long spared)
    {
        var ended = books.Sessions.EndOthers(account, spared);
        if (ended > 0) Tell(visitor, "sessions ended", account, FormattableString.Invariant($"{ended}"), "");
        return ended;
    }

    /// <summary>A token for oneself; false when its name or end is none or there are too many.</summary>
    public bool TryAddToken(Visitor visitor, string name, TokenScope scope, DateTimeOffset ends, out string key)
    {
        key = "";
        var now = time.GetUtcNow();
        if (name.Length is 0 or > TokenBook.LongestName || name.Any(char.IsControl) || ends <= now || ends > now + LongestToken || !Enum.IsDefined(scope)) return false;
        if (!books.Tokens.TryAdd(visitor.Name, name, scope, ends, out key)) return false;
        Tell(visitor, "token made", name, "", $"{scope} until {ends:yyyy-MM-dd}");
        return true;
    }

    public bool Revoke(Visitor visitor, Token token)
    {
        if (!books.Tokens.Revoke(token.Id)) return false;
        Tell(visitor, "token taken back", token.Name, $"{token.Account}: {token.Scope} until {token.Ends:yyyy-MM-dd}", "");
        return true;
    }

    /// <summary>The second step, once a code of this secret was typed; the codes on paper, to be shown this once, or none when the code was wrong.</summary>
    public string[] TurnOnSecondStep(Visitor visitor, byte[] secret, string code)
    {
        var paper = books.SecondSteps.TurnOn(visitor.Name, secret, code);
        if (paper.Length > 0) Tell(visitor, "second step on", visitor.Name, "", "");
        return paper;
    }

    /// <summary>Off for whoever has lost the phone (an admin's deed) or wants it no more (own deed, after the password).</summary>
    public void TurnOffSecondStep(Visitor visitor, string account)
    {
        if (!books.SecondSteps.IsOn(account)) return;
        books.SecondSteps.TurnOff(account);
        Tell(visitor, "second step off", account, "", "");
    }

    private AccountChange Told(Visitor visitor, AccountChange change, string what, string subject, string old, string @new)
    {
        if (change == AccountChange.Done) Tell(visitor, what, subject, old, @new);
        return change;
    }

    private void Tell(Visitor visitor, string what, string subject, string old, string @new) =>
        books.Audit.Write(new AuditEntry(time.GetUtcNow(), visitor.Name, visitor.From, what, subject, old, @new));
}
