using EnergyPilot.Core.Control;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Texts;

namespace EnergyPilot.Gateway.Web.Access;

/// <summary>What is wrong with the name or the password of an account, at its field.</summary>
internal static class AccountMistakes
{
    public static readonly Mistake Password = new(
        "password", Phrase.PasswordRefused, [Fact.Count("least", AccountBook.ShortestPassword), Fact.Count("longest", AccountBook.LongestPassword)]);

    /// <summary>The same of a password that is put in the place of another one.</summary>
    public static readonly Mistake NewPassword = Password with { Field = "new" };

    public static Mistake Of(AccountChange change, string name) => change switch
    {
        AccountChange.NameTaken => new("name", Phrase.NameTaken, [Fact.Of("name", name)]),
        AccountChange.PasswordRefused => Password,
        AccountChange.NameRefused => new("name", Phrase.NameMissing, [Fact.Count("longest", AccountBook.LongestName)]),
        AccountChange.LastAdmin => new("", Phrase.LastAdmin, []),
        _ => new("code", Phrase.WrongCode, []),
    };
}
