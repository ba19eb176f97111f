using System.Net;
using System.Text.RegularExpressions;

namespace EnergyPilot.Tests.Gateway.Web;

/// <summary>Fills in forms as a browser does: with the hidden fields that the page gave.</summary>
internal static partial class Forms
{
    /// <summary>The text of a page as a person reads it: entities and no-break spaces made plain.</summary>
    public static async Task<string> Text(this HttpClient client, string path, CancellationToken stop) =>
        Plain(await client.GetStringAsync(new Uri(path, UriKind.Relative), stop));

    public static string Plain(string html) => WebUtility.HtmlDecode(html).Replace('\u00a0', ' ');

    /// <summary>Sends the form with this handler on this page, to the page itself.</summary>
    public static Task<HttpResponseMessage> Send(
        this HttpClient client, string path, string handler, IEnumerable<(string Name, string Value)> fields, CancellationToken stop) =>
        client.SendTo(path, path, handler, fields, stop);

    /// <summary>Sends the form with this handler on this page to another one.</summary>
    public static async Task<HttpResponseMessage> SendTo(
        this HttpClient client, string to, string path, string handler, IEnumerable<(string Name, string Value)> fields, CancellationToken stop) =>
        await client.Post(to, [("_handler", handler), ("__RequestVerificationToken", await client.Token(path, stop)), .. fields], stop);

    public static async Task<string> Token(this HttpClient client, string path, CancellationToken stop) =>
        WebUtility.HtmlDecode(TokenField().Match(await client.GetStringAsync(new Uri(path, UriKind.Relative), stop)).Groups[1].Value);

    public static Task<HttpResponseMessage> Post(this HttpClient client, string path, IEnumerable<(string Name, string Value)> fields, CancellationToken stop) =>
        client.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))), stop);

    public static Task<HttpResponseMessage> SignIn(this HttpClient client, CancellationToken stop) => client.SignIn("Marie", stop);

    /// <summary>Vera may look, Marie is of the staff, Ivo installs, Anne manages accounts.</summary>
    public static Task<HttpResponseMessage> SignIn(this HttpClient client, string name, CancellationToken stop) =>
        client.Send("/login", "login", [("name", name), ("password", SampleDesk.Password)], stop);

    [GeneratedRegex("__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex TokenField();
}
