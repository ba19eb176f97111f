using System.Text;
using EnergyPilot.Gateway.Storage;

namespace EnergyPilot.Tests.Gateway.Storage;

public sealed class TotpTest
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    // RFC 6238, appendix B, the last six of its eight digits, for SHA-1.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) => Totp.Code(Secret, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))).ShouldBe(code);

    [Fact]
    public void A_clock_may_be_half_a_minute_off_and_no_more()
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(1234567890);
        var code = Totp.Code(Secret, Totp.StepAt(at));
        foreach (var (seconds, fits) in ((int, bool)[])[(0, true), (30, true), (-30, true), (60, false), (-60, false)])
            Totp.TryMatch(Secret, code, at.AddSeconds(seconds), 0, out _).ShouldBe(fits, $"{seconds} s");
    }

    [Fact]
    public void No_step_is_used_twice_nor_one_before_it()
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(1234567890);
        Totp.TryMatch(Secret, Totp.Code(Secret, Totp.StepAt(at)), at, 0, out var step).ShouldBeTrue();
        Totp.TryMatch(Secret, Totp.Code(Secret, step), at, step, out _).ShouldBeFalse();
        Totp.TryMatch(Secret, Totp.Code(Secret, step - 1), at, step, out _).ShouldBeFalse();
        Totp.TryMatch(Secret, Totp.Code(Secret, step + 1), at, step, out _).ShouldBeTrue();
    }

    // RFC 4648, 10: test vectors of base 32, without the padding that apps do not want.
    [Theory]
    [InlineData("f", "MY")]
    [InlineData("fooba", "MZXW 6YTB")]
    [InlineData("foobar", "MZXW 6YTB OI")]
    public void The_secret_is_written_in_base_32(string text, string written) => Totp.Written(Encoding.ASCII.GetBytes(text)).ShouldBe(written);

    [Fact]
    public void The_address_is_one_that_apps_understand() =>
        Totp.Address("École Aubrac", "Zoé", Secret).ShouldBe("otpauth://totp/%C3%89cole%20Aubrac%3AZo%C3%A9?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%C3%89cole%20Aubrac");
}
