namespace EnergyPilot.Gateway.Web;

/// <summary>Who reads an event stream.</summary>
internal enum StreamKind { Page, Program }

/// <summary>What is asked of the page, counted: requests by what they are for and how they ended, and event streams that are open.</summary>
internal sealed class Traffic
{
    private const int Classes = 6;

    private readonly long[] requests = new long[Enum.GetValues<Part>().Length * Classes];
    private readonly int[] streams = new int[Enum.GetValues<StreamKind>().Length];

    /// <summary>What a request is for.</summary>
    internal enum Part { Page, Api, File, Vote, Probe }

    public async Task Count(HttpContext context, RequestDelegate next)
    {
        var part = PartOf(context.Request.Path);
        try
        {
            await next(context);
        }
        finally
        {
            Interlocked.Increment(ref requests[(int)part * Classes + Math.Clamp(context.Response.StatusCode / 100, 0, Classes - 1)]);
        }
    }

    /// <summary>How many requests of this kind ended in this class: 2 for 2xx.</summary>
    public long Requests(Part part, int hundreds) => Interlocked.Read(ref requests[(int)part * Classes + hundreds]);

    public int Streams(StreamKind kind) => Volatile.Read(ref streams[(int)kind]);

    /// <summary>One more stream, until it is disposed.</summary>
    public IDisposable Open(StreamKind kind)
    {
        Interlocked.Increment(ref streams[(int)kind]);
        return new Stream(this, kind);
    }

    private static Part PartOf(PathString path) =>
        path.StartsWithSegments("/api") ? Part.Api : path.StartsWithSegments("/r") ? Part.Vote : path == "/healthz" || path == "/metrics" ? Part.Probe : Path.HasExtension(path.Value) ? Part.File : Part.Page;

    private sealed class Stream(Traffic traffic, StreamKind kind) : IDisposable
    {
        private int closed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref closed, 1) == 0) Interlocked.Decrement(ref traffic.streams[(int)kind]);
        }
    }
}
