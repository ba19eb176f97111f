using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EnergyPilot.Gateway.Web.Access;

namespace EnergyPilot.Gateway.Hosting;

/// <summary>Where the certificate of the page is. Empty names mean the files page.crt and page.key in the folder, where they are.</summary>
/// <param name="Folder">For the one that the gateway makes; empty where none can be kept.</param>
internal sealed record CertificatePlaces(string Folder, string File, string KeyFile);

/// <summary>
/// The certificate of the page: the school's own where there is one that can be read, else one that the gateway makes and renews. Looked at again
/// each minute, so that a new one needs no restart. Whatever is wrong with files, the page starts: a boiler is looked after over a warning too.
/// </summary>
internal sealed partial class PageCertificates(CertificatePlaces places, string host, TlsView view, TimeProvider time, ILogger log)
{
    private const int LargestFile = 256 * 1024;
    private readonly string ownFile = places.File.Length > 0 ? places.File : Path.Combine(places.Folder, "page.crt");
    private readonly string ownKey = places.File.Length > 0 ? places.KeyFile : Path.Combine(places.Folder, "page.key");
    private readonly string madeFile = Path.Combine(places.Folder, "made.pem");
    private string seen = "unseen";
    private volatile Served? served;

    /// <summary>What a browser is shown now, with what stands between it and its authority.</summary>
    public SslStreamCertificateContext Context => Now.Context;

    public X509Certificate2 Certificate => Now.Certificate;

    private Served Now => served ?? throw new InvalidOperationException("Look comes first.");

    /// <summary>Reads what has changed, and renews what is due.</summary>
    public void Look()
    {
        var state = $"{Stamp(ownFile)} {Stamp(ownKey)}";
        if (state != seen || served is null) Choose(state);
        else if (!served.IsOwn && MadeCertificate.IsDue(served.Certificate, time.GetUtcNow())) Show(Made(), isOwn: false);
    }

    private void Choose(string state)
    {
        seen = state;
        if (TryReadOwn() is { } own) Show(own, isOwn: true);
        else Show(Made(), isOwn: false);
    }

    private void Show((X509Certificate2 Leaf, X509Certificate2Collection Chain) found, bool isOwn)
    {
        var fingerprint = string.Join(':', found.Leaf.GetCertHash(HashAlgorithmName.SHA256).Select(b => b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture)));
        served = new(found.Leaf, SslStreamCertificateContext.Create(found.Leaf, found.Chain, offline: true), isOwn);
        view.Certificate = new(fingerprint, found.Leaf.NotAfter.ToUniversalTime(), isOwn);
        LogServed(log, isOwn ? "The school's own certificate" : "The page's certificate", fingerprint, found.Leaf.NotAfter.ToUniversalTime());
    }

    private (X509Certificate2 Leaf, X509Certificate2Collection Chain)? TryReadOwn()
    {
        // That nobody has put one there is nothing to tell.
        if (places.File.Length == 0 && !File.Exists(ownFile)) return null;
        try
        {
            var own = Read(Text(ownFile), Text(ownKey));
            if (own.Leaf.NotAfter.ToUniversalTime() < time.GetUtcNow()) LogOver(log, ownFile, own.Leaf.NotAfter.ToUniversalTime());
            return own;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            LogUnusable(log, ownFile, ownKey, e.Message);
            return null;
        }
    }

    private (X509Certificate2 Leaf, X509Certificate2Collection Chain) Made()
    {
        try
        {
            if (places.Folder.Length > 0 && File.Exists(madeFile) && Read(Text(madeFile), Text(madeFile)) is var kept && !MadeCertificate.IsDue(kept.Leaf, time.GetUtcNow())) return kept;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            LogUnusable(log, madeFile, madeFile, e.Message);
        }

        var text = MadeCertificate.Make(host, time.GetUtcNow());
        Keep(text);
        return Read(text, text);
    }

    private void Keep(string text)
    {
        if (places.Folder.Length == 0) return;
        try
        {
            var unfinished = madeFile + ".new";
            File.Delete(unfinished);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var writer = new StreamWriter(unfinished, options)) writer.Write(text);
            File.Move(unfinished, madeFile, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotKept(log, madeFile, e.Message);
        }
    }

    private static (X509Certificate2 Leaf, X509Certificate2Collection Chain) Read(string certificates, string key)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(certificates);
        if (chain.Count == 0) throw new CryptographicException("there is no certificate in it");
        var leaf = X509Certificate2.CreateFromPem(certificates, key);
        chain.RemoveAt(0);
        return (leaf, chain);
    }

    private static string Text(string path) => new FileInfo(path) is { Length: > LargestFile } ? throw new IOException("it is too large for a certificate") : File.ReadAllText(path);

    private static string Stamp(string path) => new FileInfo(path) is { Exists: true } file ? FormattableString.Invariant($"{file.LastWriteTimeUtc.Ticks} {file.Length}") : "";

    private sealed record Served(X509Certificate2 Certificate, SslStreamCertificateContext Context, bool IsOwn);

    [LoggerMessage(LogLevel.Information, "{What} has the SHA-256 fingerprint {Fingerprint} and holds until {Until:u}")]
    private static partial void LogServed(ILogger log, string what, string fingerprint, DateTime until);

    [LoggerMessage(LogLevel.Error, "The certificate {File} with the key {Key} cannot be used: {Why} The page is served with the one that the gateway made")]
    private static partial void LogUnusable(ILogger log, string file, string key, string why);

    [LoggerMessage(LogLevel.Error, "The certificate {File} is over since {Until:u}: browsers will warn of it")]
    private static partial void LogOver(ILogger log, string file, DateTime until);

    [LoggerMessage(LogLevel.Warning, "The certificate that the gateway made cannot be kept at {File} ({Why}); the next start makes another")]
    private static partial void LogNotKept(ILogger log, string file, string why);
}

/// <summary>Looks at the certificate each minute.</summary>
internal sealed class CertificateWatch(PageCertificates certificates) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(stoppingToken)) certificates.Look();
    }
}
