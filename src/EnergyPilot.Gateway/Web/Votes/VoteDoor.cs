namespace EnergyPilot.Gateway.Web.Votes;

/// <summary>What is sent to a code that leads nowhere finds nothing; the framework would call the form too old.</summary>
internal static class VoteDoor
{
    public static Task KnowRooms(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (!HttpMethods.IsPost(request.Method) || !request.Path.StartsWithSegments("/r", out var rest)) return next(context);
        if (context.RequestServices.GetRequiredService<VoteDesk>().RoomOf(rest.Value?.Trim('/') ?? "") is not null) return next(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
