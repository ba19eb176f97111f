namespace EnergyPilot.Gateway.Web;

/// <summary>
/// HEAD is answered by the route of GET, with all that stands in the way to it, as RFC 9110 asks of every server (9.1, 9.3.2): the same status and header fields; the body
/// is left out by the server. What has no end must not begin, so that whoever streams asks here.
/// </summary>
internal static class HeadOnly
{
    public static async Task AnswerAsGet(HttpContext context, RequestDelegate next)
    {
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await next(context);
            return;
        }

        context.Features.Set(new Mark());
        context.Request.Method = HttpMethods.Get;
        try
        {
            await next(context);
        }
        finally
        {
            context.Request.Method = HttpMethods.Head;
        }
    }

    /// <summary>A stream without end; nothing of it where only the head was asked for.</summary>
    public static IAsyncEnumerable<T> Unless<T>(HttpContext context, IAsyncEnumerable<T> stream) =>
        context.Features.Get<Mark>() is null ? stream : AsyncEnumerable.Empty<T>();

    private sealed class Mark;
}
