using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace EnergyPilot.Gateway.Web.Api;

/// <summary>What goes wrong at the interface, as problem details (RFC 9457).</summary>
internal static class Problems
{
    public const string ContentType = "application/problem+json";

    /// <summary>What is said of a body that is not read to its end.</summary>
    public const string TooLong = "The request is too long or came too slowly.";

    private const string NoShape = "The body is not JSON of the shape that /api/v1/openapi.json describes";

    public static async Task Write(HttpContext context, int status, string detail, params (string Name, object? Value)[] more)
    {
        context.Response.StatusCode = status;
        var problem = new ProblemDetails { Status = status, Detail = detail, Extensions = more.ToDictionary(m => m.Name, m => m.Value) };
        await context.RequestServices.GetRequiredService<IProblemDetailsService>().WriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = problem });
    }

    /// <summary>A call whose parameters or body ASP.NET could not read: says which, what was found and what is allowed.</summary>
    public static async Task KnowCalls(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            if (e.StatusCode == StatusCodes.Status400BadRequest && Unreadable(context) is { } bad) await bad.ExecuteAsync(context);
            else await Write(context, e.StatusCode, e.StatusCode == StatusCodes.Status400BadRequest ? WrongShape(context, e.InnerException as JsonException) : Shorter(e.StatusCode));
        }
    }

    /// <summary>A 400 that nobody explained is a body that could not be read: everything else says what it is.</summary>
    public static void Explain(ProblemDetailsContext problem)
    {
        if (problem.ProblemDetails is { Status: StatusCodes.Status400BadRequest, Detail: null }) problem.ProblemDetails.Detail = NoShape + ".";
    }

    private static string Shorter(int status) => status == StatusCodes.Status415UnsupportedMediaType
        ? "The body is of another type than this route reads: see /api/v1/openapi.json."
        : TooLong;

    // Which field, as far as the reader of JSON tells: what is missing stands in its message among the names that the type asks for.
    private static string WrongShape(HttpContext context, JsonException? mistake)
    {
        var missing = mistake is null ? [] : Required(context).Where(name => mistake.Message.Contains($"'{name}'", StringComparison.Ordinal)).ToArray();
        return missing is [_, ..] ? $"{NoShape}: {string.Join(", ", missing)} {(missing.Length == 1 ? "is" : "are")} missing."
            : mistake?.Path is ['$', '.', .. var path] ? $"{NoShape}: {path} is of another type than described."
            : $"{NoShape}: it cannot be read.";
    }

    private static IEnumerable<string> Required(HttpContext context)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions>>().Value.SerializerOptions;
        return context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is { } type ? Names(type, options) : [];
    }

    // The fields of the body and of the lists in it, each type once.
    private static IEnumerable<string> Names(Type type, JsonSerializerOptions options)
    {
        if (!options.TryGetTypeInfo(type, out var shape)) yield break;
        foreach (var field in shape.Properties)
        {
            if (field.IsRequired) yield return field.Name;
            if (field.PropertyType.GetElementType() is not { } items) continue;
            foreach (var name in Names(items, options)) yield return name;
        }
    }

    /// <summary>The parameter of a call that is missing or could not be read, where there is one: ASP.NET says only that it was bad.</summary>
    public static BadParameter? Unreadable(HttpContext context)
    {
        foreach (var binding in context.GetEndpoint()?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>() ?? [])
        {
            var type = Nullable.GetUnderlyingType(binding.ParameterInfo.ParameterType) ?? binding.ParameterInfo.ParameterType;
            if (type != typeof(string) && !binding.HasTryParse) continue;
            var found = context.Request.RouteValues.TryGetValue(binding.Name, out var part) ? part?.ToString() : context.Request.Query.TryGetValue(binding.Name, out var typed) ? typed.ToString() : null;
            if (found is null && !binding.IsOptional) return new BadParameter(binding.Name, "nothing", "one that is named");
            if (found is not null && Allowed(type, found) is { } allowed) return new BadParameter(binding.Name, found, allowed);
        }

        return null;
    }

    // Null when it can be read as this type.
    private static string? Allowed(Type type, string found) => type switch
    {
        _ when type == typeof(int) || type == typeof(long) => long.TryParse(found, NumberStyles.Integer, CultureInfo.InvariantCulture, out var n) && (type == typeof(long) || n is >= int.MinValue and <= int.MaxValue) ? null : "a whole number",
        _ when type == typeof(double) => double.TryParse(found, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? null : "a number",
        _ when type == typeof(DateOnly) => DateOnly.TryParse(found, CultureInfo.InvariantCulture, out _) ? null : "a day such as 2026-11-22",
        _ when type == typeof(DateTimeOffset) => DateTimeOffset.TryParse(found, CultureInfo.InvariantCulture, out _) ? null : "a time such as 2026-11-22T15:30:00Z",
        _ when type == typeof(bool) => bool.TryParse(found, out _) ? null : "true or false",
        { IsEnum: true } => Enum.TryParse(type, found, ignoreCase: true, out _) ? null : string.Join(", ", Enum.GetNames(type)),
        _ => null,
    };
}
