using System.Text.Json.Nodes;
using EnergyPilot.Gateway.Storage;
using EnergyPilot.Gateway.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace EnergyPilot.Gateway.Web.Api;

/// <summary>The description of the interface (OpenAPI 3.1): made of the routes themselves when somebody first asks for it, then kept as text.</summary>
internal sealed class ApiDocument([FromKeyedServices(ApiDocument.Version)] IOpenApiDocumentProvider provider)
{
    public const string Version = "v1", RoleKey = "x-role", ContentType = "application/json";

    /// <summary>Another way in is the cookie, which all routes that ask who calls take.</summary>
    public const string Token = "token";

    private const string Cookie = "cookie";

    private readonly Lock gate = new();
    private Task<(byte[] Json, IReadOnlyList<ApiRoute> Routes)>? made;

    /// <summary>The document as JSON.</summary>
    public async Task<byte[]> Json() => (await Made()).Json;

    /// <summary>Its routes as people read them.</summary>
    public async Task<IReadOnlyList<ApiRoute>> Routes() => (await Made()).Routes;

    public static void AddTo(IServiceCollection services)
    {
        services.AddOpenApi(Version, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.ShouldInclude = route => route.RelativePath?.StartsWith(ApiRoutes.Root[1..], StringComparison.Ordinal) == true;
            options.AddOperationTransformer(Complete);
            options.AddDocumentTransformer(Describe);
        });
        services.AddSingleton<ApiDocument>();
    }

    private Task<(byte[] Json, IReadOnlyList<ApiRoute> Routes)> Made()
    {
        lock (gate) return made is null or { IsFaulted: true } ? made = Make() : made;
    }

    private async Task<(byte[] Json, IReadOnlyList<ApiRoute> Routes)> Make()
    {
        var document = await provider.GetOpenApiDocumentAsync();
        using var text = new MemoryStream();
        await document.SerializeAsJsonAsync(text, OpenApiSpecVersion.OpenApi3_1);
        var json = text.ToArray();
        return (json, ApiRoute.All(json));
    }

    private static async Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken stop)
    {
        document.Info = new OpenApiInfo
        {
            Title = "EnergyPilot", Version = "1",
            Description = "The school's heating as programs see it. Times are UTC (ISO 8601), units stand in the names, null means unknown. Sentences are in the language of the header Accept-Language.",
        };
        document.Servers = [new OpenApiServer { Url = "/" }];
        var problem = await context.GetOrCreateSchemaAsync(typeof(ProblemDetails), null, stop);
        document.Components ??= new OpenApiComponents();
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas[nameof(ProblemDetails)] = problem;
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Cookie] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = "energypilot",
                Description = "Signed in on the page. What changes something also needs the form's token in the header RequestVerificationToken.",
            },
            [Token] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A token for programs, made on the page of accounts." },
        };
        document.Tags = document.Paths.Values.SelectMany(p => p.Operations is { } operations ? operations.Values.ToArray() : []).SelectMany(o => o.Tags ?? new HashSet<OpenApiTagReference>())
            .Select(t => t.Name).OfType<string>().Distinct().Order(StringComparer.Ordinal).Select(t => new OpenApiTag { Name = t }).ToHashSet();
    }

    // What no route says of itself: its group, who may, and that trouble comes as problem details.
    private static Task Complete(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken stop)
    {
        var path = context.Description.RelativePath ?? "";
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var least = metadata.OfType<NeedsAttribute>().Select(n => (Role?)n.Least).FirstOrDefault();
        operation.Tags = new HashSet<OpenApiTagReference> { new(path.Split('/', '?') is [_, _, var group, ..] ? group : path, context.Document) };
        operation.Responses ??= [];
        if (operation.Parameters is { Count: > 0 } || operation.RequestBody is not null) operation.Responses.TryAdd("400", new OpenApiResponse());
        if (least is { } role)
        {
            operation.Responses.TryAdd("401", new OpenApiResponse());
            operation.Responses.TryAdd("403", new OpenApiResponse());
            operation.Security = metadata.OfType<ForPeople>().Any() ? [Requires(Cookie, context)] : [Requires(Cookie, context), Requires(Token, context)];
            (operation.Extensions ??= new Dictionary<string, IOpenApiExtension>())[RoleKey] = new JsonNodeExtension(JsonValue.Create(role.ToString()));
        }

        foreach (var (status, answer) in operation.Responses)
        {
            if (answer is not OpenApiResponse response) continue;
            response.Description = Told(status);
            if (status[0] is '4' or '5')
                response.Content = new Dictionary<string, OpenApiMediaType> { [Problems.ContentType] = new() { Schema = new OpenApiSchemaReference(nameof(ProblemDetails), context.Document) } };
        }

        return Task.CompletedTask;
    }

    private static OpenApiSecurityRequirement Requires(string scheme, OpenApiOperationTransformerContext context) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] };

    private static string Told(string status) => status switch
    {
        "200" => "Done, with the answer.",
        "201" => "Made.",
        "202" => "Begun; the header Location says where to look.",
        "204" => "Done.",
        "400" => "A parameter or the body makes no sense: the detail names it, what was found and what is allowed.",
        "401" => "Nobody is signed in, or the token is unknown.",
        "403" => "Not with this account or token.",
        "404" => "There is no such thing.",
        "409" => "Not as things stand; the detail says why.",
        "415" => "The body is of another type than the route reads.",
        "422" => "Of the right shape, but against a rule; the detail says which.",
        "429" => "Too soon or too many; the header Retry-After says when again.",
        "503" => "The card takes nothing at the moment; nothing was changed.",
        _ => "See the detail.",
    };
}
