using System.Diagnostics;
using EnergyPilot.Io.Qr;

namespace EnergyPilot.Tests.Io.Qr;

/// <summary>What a real reader (zbar) sees in our symbols.</summary>
public sealed class QrSymbolTests
{
    // What the standard's table 7 gives for level M and bytes, versions 1 to 10.
    private static readonly int[] MostBytes = [14, 26, 42, 62, 84, 106, 122, 152, 180, 213];

    public static TheoryData<string> Texts =>
    [
        "", "A", "http://192.168.1.20:8080/r/7K3MXW9Q", "https://chauffage.école-jaurès.fr/r/0123ABCD", "Classe n° 4 – à gauche, 19 °C €",
        "otpauth://totp/EnergyPilot:Anne@%C3%89cole%20primaire?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=EnergyPilot&algorithm=SHA1&digits=6&period=30",
        .. MostBytes.SelectMany(n => new[] { Filled(n), Filled(n - 1) }),
    ];

    [Theory, MemberData(nameof(Texts))]
    public async Task Reader_sees_the_text(string text)
    {
        QrSymbol.TryEncode(text, out var symbol).ShouldBeTrue();
        (await Read(symbol.ShouldNotBeNull())).ShouldBe(text);
    }

    [Fact]
    public void Each_version_takes_what_the_standard_says_and_then_the_next_is_larger()
    {
        for (var i = 0; i < MostBytes.Length; i++)
        {
            Side(MostBytes[i]).ShouldBe(21 + 4 * i);
            if (i + 1 < MostBytes.Length) Side(MostBytes[i] + 1).ShouldBe(21 + 4 * (i + 1));
        }
    }

    [Theory]
    [InlineData(214), InlineData(5000)]
    public void Longer_text_is_refused(int bytes) => QrSymbol.TryEncode(Filled(bytes), out _).ShouldBeFalse();

    [Fact]
    public async Task Dirt_on_a_tenth_of_it_does_no_harm()
    {
        const string text = "http://192.168.1.20:8080/r/7K3MXW9Q";
        QrSymbol.TryEncode(text, out var symbol).ShouldBeTrue();
        (await Read(symbol.ShouldNotBeNull(), (x, y) => x is >= 12 and < 18 && y is >= 12 and < 18)).ShouldBe(text);
    }

    private static int Side(int bytes) => QrSymbol.TryEncode(Filled(bytes), out var symbol) ? symbol.Side : 0;

    private static string Filled(int bytes) => string.Concat(Enumerable.Range(0, bytes).Select(i => (char)('a' + i * 7 % 26)));

    private static Task<string> Read(QrSymbol symbol) => Read(symbol, (_, _) => false);

    private static async Task<string> Read(QrSymbol symbol, Func<int, int, bool> dirty)
    {
        const int scale = 4;
        var side = symbol.Side + 2 * QrSymbol.QuietZone;
        var picture = new byte[side * scale * side * scale];
        for (var y = 0; y < side * scale; y++)
            for (var x = 0; x < side * scale; x++)
            {
                var (column, row) = (x / scale - QrSymbol.QuietZone, y / scale - QrSymbol.QuietZone);
                var isInside = column >= 0 && row >= 0 && column < symbol.Side && row < symbol.Side;
                picture[y * side * scale + x] = isInside && (symbol.IsDark(column, row) || dirty(column, row)) ? (byte)0 : (byte)255;
            }

        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, [.. System.Text.Encoding.ASCII.GetBytes($"P5\n{side * scale} {side * scale}\n255\n"), .. picture], TestContext.Current.CancellationToken);
            return await Zbar.Read(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}

/// <summary>The QR reader of Debian's zbar-tools.</summary>
internal static class Zbar
{
    /// <summary>The one text in a picture.</summary>
    public static async Task<string> Read(string picture)
    {
        var start = new ProcessStartInfo(Peers.Need("zbarimg", "zbar-tools"), ["--raw", "-q", "--nodbus", "-Sdisable", "-Sqrcode.enable", "--oneshot", picture]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start).ShouldNotBeNull();
        var text = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return text.TrimEnd('\n');
    }
}
