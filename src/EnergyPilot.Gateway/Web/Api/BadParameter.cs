using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;

namespace EnergyPilot.Gateway.Web.Api;

/// <summary>400: a parameter or a field of the body that makes no sense, by its name, with what was found and what is allowed.</summary>
internal sealed class BadParameter(string name, string found, string allowed) : IResult, IEndpointMetadataProvider
{
    private const int LongestFound = 60;

    /// <summary>A number outside its range.</summary>
    public static BadParameter Outside(string name, double found, double lowest, double highest) => new(
        name, found.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"{lowest} to {highest}"));

    public Task ExecuteAsync(HttpContext httpContext) => Problems.Write(
        httpContext, StatusCodes.Status400BadRequest, $"{name}: found {Shortened(found)}, allowed is {allowed}.", ("parameter", name), ("found", Shortened(found)), ("allowed", allowed));

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status400BadRequest, typeof(ProblemDetails), [Problems.ContentType]));

    private static string Shortened(string text) => text.Length <= LongestFound ? text : text[..LongestFound] + "…";
}

/// <summary>404: nothing of this kind has this name.</summary>
internal sealed class NothingFound(string kind, string id) : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext) => Problems.Write(httpContext, StatusCodes.Status404NotFound, $"There is no {kind} “{(id.Length <= 60 ? id : id[..60])}”.");

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status404NotFound, typeof(ProblemDetails), [Problems.ContentType]));
}

/// <summary>409: it cannot be done as things stand.</summary>
internal sealed class NotNow(string why) : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext) => Problems.Write(httpContext, StatusCodes.Status409Conflict, why);

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status409Conflict, typeof(ProblemDetails), [Problems.ContentType]));
}

/// <summary>403: not with this account, whatever the route lets it do otherwise.</summary>
internal sealed class NotAllowed(string why) : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext) => Problems.Write(httpContext, StatusCodes.Status403Forbidden, why);

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status403Forbidden, typeof(ProblemDetails), [Problems.ContentType]));
}

/// <summary>422: of the right shape, but against a rule of the school or of this program.</summary>
internal sealed class AgainstRules(string why, params (string Name, object? Value)[] more) : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext) => Problems.Write(httpContext, StatusCodes.Status422UnprocessableEntity, why, more);

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status422UnprocessableEntity, typeof(ProblemDetails), [Problems.ContentType]));
}

/// <summary>503: the card takes nothing at the moment.</summary>
internal sealed class NotKept(string why) : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext) => Problems.Write(httpContext, StatusCodes.Status503ServiceUnavailable, why);

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status503ServiceUnavailable, typeof(ProblemDetails), [Problems.ContentType]));
}

/// <summary>429: too soon, or too many; says when again.</summary>
internal sealed class TooSoon(string why, DateTimeOffset again) : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.RetryAfter = again.ToString("R", CultureInfo.InvariantCulture);
        return Problems.Write(httpContext, StatusCodes.Status429TooManyRequests, why, ("again", again.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture)));
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status429TooManyRequests, typeof(ProblemDetails), [Problems.ContentType]));
}
