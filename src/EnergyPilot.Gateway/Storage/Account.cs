namespace EnergyPilot.Gateway.Storage;

/// <summary>What a person may do: look; also override and acknowledge; also change settings and hardware; also manage accounts.</summary>
internal enum Role { Viewer, Staff, Installer, Admin }

/// <summary>A person who may sign in. Names differ by more than upper and lower case.</summary>
internal sealed record Account(string Name, Role Role, DateTimeOffset Created)
{
    /// <summary>Who chose its password. One that was given is changed at the first sign-in.</summary>
    public PasswordBy Password { get; init; } = PasswordBy.Owner;

    /// <summary>Until when nobody new is let in after wrong passwords; the past when anybody is.</summary>
    public DateTimeOffset LockedUntil { get; init; }
}

/// <summary>Who chose a password.</summary>
internal enum PasswordBy { Owner, Admin }

/// <summary>What became of a change to the accounts.</summary>
internal enum AccountChange
{
    Done,
    NoSuchAccount,
    NameTaken,

    /// <summary>Empty, longer than 64 signs, with blanks around it or signs that cannot be seen.</summary>
    NameRefused,

    /// <summary>Shorter than 10 signs, or longer than 200.</summary>
    PasswordRefused,

    /// <summary>There would be nobody left to manage accounts.</summary>
    LastAdmin,
    WrongCode,

    /// <summary>The setup code was tried too often; a new one must be made at the gateway itself.</summary>
    CodeUsedUp,

    /// <summary>The first account exists; the setup code is no longer good for anything.</summary>
    AlreadySetUp,
}

/// <summary>What became of an attempt to sign in.</summary>
internal enum SignIn { Welcome, Refused, LockedOut }

/// <summary>The answer to an attempt to sign in.</summary>
/// <param name="Account">Whose it is; <see cref="Nobody"/> unless welcome.</param>
/// <param name="LockedUntil">When it may be tried again; meaningful when locked out.</param>
internal sealed record SignInAnswer(SignIn Result, Account Account, DateTimeOffset LockedUntil)
{
    public static readonly Account Nobody = new("", Role.Viewer, DateTimeOffset.MinValue);
    public static readonly SignInAnswer Refused = new(SignIn.Refused, Nobody, DateTimeOffset.MinValue);
}
