using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace EnergyPilot.Gateway.Web.Access;

/// <summary>
/// Keeps a secret of the second step in the form between the two pages of setting it up, for a quarter of an hour: nothing is stored before a code
/// was typed. Bound to the account, so that nobody gives somebody else a secret that he knows himself.
/// </summary>
internal sealed class SecretSeal(IDataProtectionProvider protection)
{
    private const int Longest = 2000;
    private static readonly TimeSpan Holds = TimeSpan.FromMinutes(15);

    public string Close(string account, byte[] secret) => Of(account).Protect(Convert.ToHexString(secret), Holds);

    public bool TryOpen(string account, string text, out byte[] secret)
    {
        secret = [];
        if (text.Length is 0 or > Longest) return false;
        try
        {
            secret = Convert.FromHexString(Of(account).Unprotect(text));
            return true;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return false;
        }
    }

    private ITimeLimitedDataProtector Of(string account) => protection.CreateProtector("EnergyPilot.NewSecondStep", account).ToTimeLimitedDataProtector();
}
