using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;

namespace EnergyPilot.Gateway.Web;

/// <summary>Style, script and pictures of the page, embedded in the program. Their address carries a hash of their content, so a browser keeps them until they change.</summary>
internal static class PageFiles
{
    private static readonly FrozenDictionary<string, Asset> All = ReadAll();

    public static string Url(string name) => $"/{name}?v={All[name].Hash}";

    public static bool Has(PathString path) => path.Value is ['/', .. var name] && All.ContainsKey(name);

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (name, asset) in All)
            routes.MapGet($"/{name}", (HttpRequest request, HttpResponse response) =>
            {
                response.Headers.CacheControl = "public, max-age=31536000, immutable";
                response.Headers.Vary = "Accept-Encoding";
                var (content, encoding) = asset.For(request.Headers.AcceptEncoding.ToString());
                if (encoding.Length > 0) response.Headers.ContentEncoding = encoding;
                return TypedResults.Bytes(content, asset.Type);
            });
    }

    private static FrozenDictionary<string, Asset> ReadAll()
    {
        var (assembly, types) = (typeof(PageFiles).Assembly, new FileExtensionContentTypeProvider());
        return assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith("wwwroot/", StringComparison.Ordinal))
            .ToFrozenDictionary(n => n["wwwroot/".Length..], n =>
            {
                using var stream = assembly.GetManifestResourceStream(n) ?? throw new FileNotFoundException(n);
                using var content = new MemoryStream();
                stream.CopyTo(content);
                var bytes = content.ToArray();
                var type = types.TryGetContentType(n, out var found) ? found : "application/octet-stream";
                return new Asset(bytes, type, Convert.ToHexStringLower(SHA256.HashData(bytes))[..10]);
            });
    }

    private sealed record Asset(byte[] Content, string Type, string Hash)
    {
        // Squeezed once, when the first browser asks: a start on a small machine has other work to do.
        private readonly Lazy<byte[]> brotli = new(() => Compression.Brotli(Content)), gzip = new(() => Compression.Gzip(Content));

        public (byte[] Content, string Encoding) For(string accepted) =>
            accepted.Contains("br", StringComparison.Ordinal) ? (brotli.Value, "br")
            : accepted.Contains("gzip", StringComparison.Ordinal) ? (gzip.Value, "gzip")
            : (Content, "");
    }
}
