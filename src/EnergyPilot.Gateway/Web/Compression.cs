using System.IO.Compression;
using System.Net.Mime;
using Microsoft.AspNetCore.ResponseCompression;

namespace EnergyPilot.Gateway.Web;

/// <summary>
/// Pages and answers go compressed, event streams do not: they would be collected instead of passed on. Over TLS too: the attack on compressed
/// secrets (BREACH) needs a secret that stays the same beside text that the attacker chooses, and the only secret within our pages, the form's token,
/// is masked with fresh random bytes by the framework each time it is written; the session is in a cookie, which is no part of a body.
/// </summary>
internal static class Compression
{
    public static void Choose(ResponseCompressionOptions options)
    {
        options.EnableForHttps = true;
        options.Providers.Add<BrotliCompressionProvider>();
        options.Providers.Add<GzipCompressionProvider>();
        options.MimeTypes = [MediaTypeNames.Text.Html, MediaTypeNames.Text.Plain, MediaTypeNames.Text.Csv, MediaTypeNames.Application.Json, MediaTypeNames.Application.ProblemJson, "image/svg+xml", "text/calendar"];
    }

    /// <summary>The best that a browser can read of a file that never changes; browsers offer Brotli over TLS only.</summary>
    public static byte[] Brotli(byte[] content) => Squeezed(content, to => new BrotliStream(to, CompressionLevel.SmallestSize));

    public static byte[] Gzip(byte[] content) => Squeezed(content, to => new GZipStream(to, CompressionLevel.SmallestSize));

    private static byte[] Squeezed(byte[] content, Func<Stream, Stream> squeeze)
    {
        using var squeezed = new MemoryStream();
        using (var through = squeeze(squeezed)) through.Write(content);
        return squeezed.ToArray();
    }
}
