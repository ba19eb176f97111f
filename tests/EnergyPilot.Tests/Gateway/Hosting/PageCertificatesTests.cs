using System.Net;
using System.Security.Cryptography.X509Certificates;
using EnergyPilot.Gateway.Hosting;
using EnergyPilot.Gateway.Web.Access;
using EnergyPilot.Tests.Gateway.Storage;

namespace EnergyPilot.Tests.Gateway.Hosting;

/// <summary>The certificate of the page: made once, kept, renewed; the school's own before it; and a page whatever is wrong.</summary>
public sealed class PageCertificatesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("energypilot-tls-").FullName;
    private readonly ManualTime time = new();
    private readonly TlsView view = new();
    private readonly LogLines log = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_first_start_makes_one_that_later_starts_find()
    {
        var first = Looked();
        first.Certificate.GetECDsaPublicKey().ShouldNotBeNull().KeySize.ShouldBe(256);
        var names = first.Certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        names.EnumerateDnsNames().ShouldBe(["boiler-room", "boiler-room.local", "localhost"]);
        names.EnumerateIPAddresses().ShouldContain(IPAddress.Loopback);
        (first.Certificate.NotAfter - first.Certificate.NotBefore).TotalDays.ShouldBeLessThanOrEqualTo(825);
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(Made).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Looked().Certificate.Thumbprint.ShouldBe(first.Certificate.Thumbprint);
        view.Certificate.ShouldNotBeNull().IsOwn.ShouldBeFalse();
        view.Certificate.Fingerprint.ShouldMatch("^([0-9A-F]{2}:){31}[0-9A-F]{2}$");
        log.All.ShouldContain(l => l.Text.Contains(view.Certificate.Fingerprint));
    }

    [Fact]
    public void It_is_renewed_before_it_ends()
    {
        var certificates = Looked();
        var first = certificates.Certificate.Thumbprint;
        time.Advance(TimeSpan.FromDays(790));
        certificates.Look();
        certificates.Certificate.Thumbprint.ShouldBe(first);
        time.Advance(TimeSpan.FromDays(10));
        certificates.Look();
        certificates.Certificate.Thumbprint.ShouldNotBe(first);
    }

    [Fact]
    public void Fingerprint_that_people_compared_outlives_a_boot_without_the_time()
    {
        var (first, now) = (Looked().Certificate.Thumbprint, time.GetUtcNow());
        time.Jump(DateTimeOffset.UnixEpoch);
        var certificates = Looked();
        certificates.Look();
        certificates.Certificate.Thumbprint.ShouldBe(first);
        time.Jump(now);
        certificates.Look();
        certificates.Certificate.Thumbprint.ShouldBe(first);
    }

    [Fact]
    public void One_that_was_made_without_the_time_is_renewed_once_it_is_known()
    {
        var now = time.GetUtcNow();
        time.Jump(DateTimeOffset.UnixEpoch);
        var certificates = Looked();
        time.Jump(now);
        certificates.Look();
        certificates.Certificate.NotAfter.ShouldBeGreaterThan(now.UtcDateTime);
    }

    [Fact]
    public void The_schools_own_is_taken_when_it_comes_and_the_made_one_when_it_is_broken()
    {
        var certificates = Looked();
        var made = certificates.Certificate.Thumbprint;
        File.WriteAllText(Path.Combine(folder, "page.crt"), MadeCertificate.Make("school.example", time.GetUtcNow()));
        File.WriteAllText(Path.Combine(folder, "page.key"), File.ReadAllText(Path.Combine(folder, "page.crt")));
        certificates.Look();
        certificates.Certificate.Subject.ShouldBe("CN=schoolexample");
        view.Certificate.ShouldNotBeNull().IsOwn.ShouldBeTrue();

        File.WriteAllText(Path.Combine(folder, "page.key"), MadeCertificate.Make("other", time.GetUtcNow()) + "\n");
        certificates.Look();
        certificates.Certificate.Thumbprint.ShouldBe(made);
        view.Certificate.IsOwn.ShouldBeFalse();
        log.All.ShouldContain(l => l.Text.Contains("page.key cannot be used"));
        var told = log.All.Count;
        certificates.Look();
        log.All.Count.ShouldBe(told, "said once, not each minute");
    }

    [Theory]
    [InlineData("not a certificate")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    [InlineData("")]
    public void A_page_is_served_whatever_stands_in_the_files(string text)
    {
        File.WriteAllText(Path.Combine(folder, "page.crt"), text);
        File.WriteAllText(Made, text);
        Looked().Certificate.Subject.ShouldBe("CN=boiler-room");
    }

    [Fact]
    public void Where_nothing_can_be_kept_one_is_held_in_memory()
    {
        var certificates = new PageCertificates(new("", "/nowhere/a.pem", "/nowhere/b.pem"), "", view, time, log);
        certificates.Look();
        certificates.Certificate.Subject.ShouldBe("CN=energypilot");
        new PageCertificates(new(Path.Combine(folder, "missing"), "", ""), "x", view, time, log).Look();
    }

    private string Made => Path.Combine(folder, "made.pem");

    private PageCertificates Looked()
    {
        var certificates = new PageCertificates(new(folder, "", ""), "boiler-room", view, time, log);
        certificates.Look();
        return certificates;
    }
}
