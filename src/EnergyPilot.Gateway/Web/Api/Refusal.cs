using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;

namespace EnergyPilot.Gateway.Web.Api;

/// <summary>The status of a kind of refusal.</summary>
internal interface IRefusal
{
    static abstract int Status { get; }
}

/// <summary>An answer that says why not, as problem details, and by its type tells the API's description so.</summary>
/// <typeparam name="TSelf">The kind itself.</typeparam>
internal abstract class Refusal<TSelf>(string why, params (string Name, object? Value)[] more) : IResult, IEndpointMetadataProvider
    where TSelf : IRefusal
{
    public virtual Task ExecuteAsync(HttpContext httpContext) => Problems.Write(httpContext, TSelf.Status, why, more);

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(TSelf.Status, typeof(ProblemDetails), [Problems.ContentType]));
}

/// <summary>404: nothing of this kind has this name.</summary>
internal sealed class NothingFound(string kind, string id) : Refusal<NothingFound>($"There is no {kind} “{BadParameter.Shortened(id)}”."), IRefusal
{
    public static int Status => StatusCodes.Status404NotFound;
}

/// <summary>409: it cannot be done as things stand.</summary>
internal sealed class NotNow(string why) : Refusal<NotNow>(why), IRefusal
{
    /// <summary>The gateway is starting.</summary>
    public static readonly NotNow NoCycle = new("No cycle has run yet.");

    public static int Status => StatusCodes.Status409Conflict;
}

/// <summary>403: not with this account, whatever the route lets it do otherwise.</summary>
internal sealed class NotAllowed(string why) : Refusal<NotAllowed>(why), IRefusal
{
    public static int Status => StatusCodes.Status403Forbidden;
}

/// <summary>422: of the right shape, but against a rule of the school or of this program.</summary>
internal sealed class AgainstRules(string why, params (string Name, object? Value)[] more) : Refusal<AgainstRules>(why, more), IRefusal
{
    public static int Status => StatusCodes.Status422UnprocessableEntity;
}

/// <summary>503: the card takes nothing at the moment.</summary>
internal sealed class NotKept(string why) : Refusal<NotKept>(why), IRefusal
{
    public static int Status => StatusCodes.Status503ServiceUnavailable;
}

/// <summary>429: too soon, or too many; says when again.</summary>
internal sealed class TooSoon(string why, DateTimeOffset again) : Refusal<TooSoon>(why, ("again", again.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture))), IRefusal
{
    public static int Status => StatusCodes.Status429TooManyRequests;

    public override Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.RetryAfter = again.ToString("R", CultureInfo.InvariantCulture);
        return base.ExecuteAsync(httpContext);
    }
}
