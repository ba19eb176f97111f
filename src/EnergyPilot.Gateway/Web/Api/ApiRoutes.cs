using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Web.Energy;
using EnergyPilot.Gateway.Web.Votes;
using EnergyPilot.Gateway.Web.Calendar;
using EnergyPilot.Gateway.Web.Programme;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace EnergyPilot.Gateway.Web.Api;

/// <summary>
/// The JSON interface, version 1: all that the pages show and do, for programs. Times in UTC (ISO 8601), units in the names, null where nothing is
/// known; what goes wrong is told as problem details (RFC 9457). Whoever is signed in by cookie sends the form's token along in its header.
/// </summary>
internal static class ApiRoutes
{
    public const string Root = "/api/v1";

    public static void Map(WebApplication app)
    {
        var api = app.MapGroup(Root).AddEndpointFilter(KnowForm).AddEndpointFilter(KnowParameters);
        SchoolNowApi.Map(api);
        SchoolApi.Map(api);
        Zones.ZoneLifeApi.Map(api);
        Today.DayApi.Map(api);
        LearningApi.Map(api);
        ZonesApi.Map(api);
        SiteApi.Map(api);
        EnergyApi.Map(api);
        WhatIf.WhatIfApi.Map(api);
        AlarmsApi.Map(api);
        Access.AccessApi.Map(api);
        OverridesApi.Map(api);
        DevicesApi.Map(api);
        OutputsApi.Map(api);
        VotesApi.Map(api);
        EventsApi.Map(api);
        app.MapGet($"{Root}/openapi.json", async (ApiDocument document) => TypedResults.Bytes(await document.Json(), ApiDocument.ContentType)).ExcludeFromDescription();
        CalendarApi.Map(api);
        HolidaysApi.Map(api);
        SourcesApi.Map(api);
        ProgrammeApi.Map(api);
    }

    public static bool IsApi(HttpRequest request) => request.Path.StartsWithSegments(Root);

    /// <summary>Only for callers who may at least this much; others get 401 or 403.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder route, Role least) where TBuilder : IEndpointConventionBuilder => route.RequireAuthorization(new NeedsAttribute(least));

    // A cookie comes along by itself, also from a page of somebody else; the form's token does not.
    private static async ValueTask<object?> KnowForm(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var context = call.HttpContext;
        var isChange = !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method);
        if (!isChange || context.User.Identity is not { IsAuthenticated: true, AuthenticationType: CookieAuthenticationDefaults.AuthenticationScheme }) return await next(call);
        if (await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context)) return await next(call);
        return TypedResults.Problem("The header RequestVerificationToken is missing or too old: take it anew from a form of the page.", statusCode: StatusCodes.Status400BadRequest);
    }

    // A parameter of another type is not thrown where there are filters: the status is set already, and the handler would not be called.
    private static ValueTask<object?> KnowParameters(EndpointFilterInvocationContext call, EndpointFilterDelegate next) =>
        call.HttpContext.Response.StatusCode == StatusCodes.Status400BadRequest && Problems.Unreadable(call.HttpContext) is { } bad ? new(bad) : next(call);
}
