using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Mvc;

namespace EnergyPilot.Gateway.Web.Api;

/// <summary>What goes wrong at the interface, as problem details (RFC 9457).</summary>
internal static class Problems
{
    public const string ContentType = "application/problem+json";

    public static async Task Write(HttpContext context, int status, string detail, params (string Name, string Value)[] more)
    {
        context.Response.StatusCode = status;
        var problem = new ProblemDetails { Status = status, Detail = detail, Extensions = more.ToDictionary(m => m.Name, m => (object?)m.Value) };
        await context.RequestServices.GetRequiredService<IProblemDetailsService>().WriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = problem });
    }

    /// <summary>A 400 that nobody explained is a body that could not be read: everything else says what it is.</summary>
    public static void Explain(ProblemDetailsContext problem)
    {
        if (problem.ProblemDetails is { Status: StatusCodes.Status400BadRequest, Detail: null })
            problem.ProblemDetails.Detail = "The body is not JSON of the shape that /api/v1/openapi.json describes: a field is missing, of another type, or too long.";
    }

    /// <summary>The parameter of a call that could not be read, where there is one: ASP.NET says only that it was bad.</summary>
    public static BadParameter? Unreadable(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<MethodInfo>() is not { } method) return null;
        foreach (var parameter in method.GetParameters())
        {
            if (parameter.Name is not { } name) continue;
            var found = context.Request.RouteValues.TryGetValue(name, out var part) ? part?.ToString() : context.Request.Query.TryGetValue(name, out var typed) ? typed.ToString() : null;
            if (found is not null && Allowed(Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType, found) is { } allowed) return new BadParameter(name, found, allowed);
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
