using System.Security.Cryptography;
using EnergyPilot.Gateway.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;

namespace EnergyPilot.Gateway.Web.Access;

/// <summary>What became of a step of signing in.</summary>
/// <param name="LockedUntil">When it may be tried again; meaningful when locked out.</param>
/// <param name="Ticket">Proves for some minutes that the password was right; empty unless a code is wanted now.</param>
internal sealed record Admission(SignIn Result, Account Account, DateTimeOffset LockedUntil, string Ticket)
{
    public static readonly Admission Refused = new(SignIn.Refused, SignInAnswer.Nobody, DateTimeOffset.MinValue, "");

    /// <summary>The person is in; a session may begin.</summary>
    public bool IsComplete => Result == SignIn.Welcome && Ticket.Length == 0;
}

/// <summary>The way in and out: password, second step, session; each told to the audit.</summary>
internal sealed class SignInDesk(AccessBooks books, RefusalLog refusals, IDataProtectionProvider protection, TimeProvider time)
{
    private static readonly TimeSpan TicketHolds = TimeSpan.FromMinutes(5);
    private const int LongestTicket = 2000;
    private readonly ITimeLimitedDataProtector tickets = protection.CreateProtector("EnergyPilot.SecondStep").ToTimeLimitedDataProtector();

    /// <summary>True until the first account exists.</summary>
    public bool HasNoAccount => books.Accounts.IsEmpty;

    public AccountChange CreateFirst(string code, string name, string password, string from)
    {
        var change = books.Accounts.CreateFirst(code, name, password);
        if (change == AccountChange.Done) books.Audit.Write(new AuditEntry(time.GetUtcNow(), name, from, "account added", name, "", nameof(Role.Admin)));
        else if (change == AccountChange.WrongCode) refusals.Tell("sign-in refused", "", from);
        return change;
    }

    /// <summary>The first step.</summary>
    public Admission Try(string name, string password, string from)
    {
        var answer = books.Accounts.Verify(name, password);
        if (answer.Result != SignIn.Welcome)
        {
            refusals.Tell(Told(answer.Result), books.Accounts.TryFind(name, out var known) ? known.Name : "", from);
            return Admission.Refused with { Result = answer.Result, LockedUntil = answer.LockedUntil };
        }

        var account = answer.Account;
        return new(SignIn.Welcome, account, DateTimeOffset.MinValue, books.SecondSteps.IsOn(account.Name) ? tickets.Protect(account.Name, TicketHolds) : "");
    }

    /// <summary>The second step; without a ticket that still holds it is refused.</summary>
    public Admission TryCode(string ticket, string code, string from)
    {
        if (NameOf(ticket) is not { Length: > 0 } name || !books.Accounts.TryFind(name, out var account)) return Admission.Refused;
        var answer = books.SecondSteps.Check(account.Name, code);
        if (answer.Result == SignIn.Welcome) return new(SignIn.Welcome, account, DateTimeOffset.MinValue, "");
        refusals.Tell(answer.Result == SignIn.LockedOut ? Told(SignIn.LockedOut) : "second step refused", account.Name, from);
        return new(answer.Result, SignInAnswer.Nobody, answer.LockedUntil, ticket);
    }

    /// <summary>Begins a session in this browser.</summary>
    public async Task Enter(HttpContext context, Account account)
    {
        var (from, browser) = (Identity.AddressOf(context), BrowserName.Of(context.Request.Headers.UserAgent.ToString()));
        var key = books.Sessions.Begin(account.Name, from, browser);
        // A card that takes nothing keeps nobody out: somebody has to see to it.
        books.Audit.TryWrite(new AuditEntry(time.GetUtcNow(), account.Name, from, "signed in", account.Name, "", browser));
        await context.SignInAsync(Identity.Of(account, key));
    }

    public async Task Leave(HttpContext context)
    {
        var visitor = Identity.VisitorOf(context);
        await context.SignOutAsync();
        if (visitor.IsSignedIn && books.Sessions.End(visitor.Name, Identity.SessionOf(context)))
            books.Audit.Write(new AuditEntry(time.GetUtcNow(), visitor.Name, visitor.From, "signed out", visitor.Name, "", ""));
    }

    private static string Told(SignIn result) => result == SignIn.LockedOut ? "sign-in locked out" : "sign-in refused";

    private string NameOf(string ticket)
    {
        try
        {
            return ticket.Length > LongestTicket ? "" : tickets.Unprotect(ticket);
        }
        catch (CryptographicException)
        {
            return "";
        }
    }
}
