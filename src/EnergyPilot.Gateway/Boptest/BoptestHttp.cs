using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EnergyPilot.Gateway.Commands.Installer;

namespace EnergyPilot.Gateway.Boptest;

/// <summary>Requests to an emulator: patience as long as each needs, a new try when the line drops, and trouble in one sentence with what the emulator said.</summary>
internal sealed class BoptestHttp(HttpClient http, Uri server, TimeProvider clock, Action<string> say)
{
    private const int Tries = 5, LongestMessage = 400;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <summary>Choosing a case may wait for a free worker, and the emulator compiles before it starts.</summary>
    public static readonly TimeSpan Slow = TimeSpan.FromMinutes(20);
    public static readonly TimeSpan Ordinary = TimeSpan.FromMinutes(5);

    public Uri Server => server;

    /// <summary>Asks what may be asked again: it changes nothing, or the same thing twice.</summary>
    public async Task<JsonElement> Ask(HttpMethod method, string path, JsonObject? body, TimeSpan patience, CancellationToken stop)
    {
        var pause = FirstPause;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await Once(method, path, body, patience, stop);
            }
            catch (LostLine) when (attempt < Tries)
            {
                say($"{server}: the connection was lost; trying again ({attempt + 1} of {Tries}).");
                await Task.Delay(pause, clock, stop);
                pause *= 2;
            }
            catch (LostLine lost)
            {
                throw VerbTrouble.Field($"{server} cannot be reached: {lost.Message} Start the emulator there, or name another with --boptest.");
            }
        }
    }

    /// <summary>Asks once only.</summary>
    /// <exception cref="LostLine">Nobody knows whether the question arrived.</exception>
    public async Task<JsonElement> Once(HttpMethod method, string path, JsonObject? body, TimeSpan patience, CancellationToken stop)
    {
        using var answer = await Send(method, path, body, patience, stop);
        return answer.Status == HttpStatusCode.NotFound
            ? throw VerbTrouble.Asked($"{server}{path} does not exist (404).")
            : Payload(path, answer);
    }

    /// <summary>The bare answer to a first question, for who must find out what stands there; no further try.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body)> Knock(HttpMethod method, string path, TimeSpan patience, CancellationToken stop)
    {
        try
        {
            using var answer = await Send(method, path, method == HttpMethod.Post ? [] : null, patience, stop);
            return (answer.Status, answer.Body is { } body ? body.RootElement.Clone() : default);
        }
        catch (LostLine lost)
        {
            throw VerbTrouble.Field($"{server} cannot be reached: {lost.Message} Start the emulator there, or name another with --boptest.");
        }
    }

    private async Task<Answer> Send(HttpMethod method, string path, JsonObject? body, TimeSpan patience, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(patience);
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(server, path));
            // With its length: the plain server of the classic form does not read chunks.
            if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            await using var stream = await response.Content.ReadAsStreamAsync(limit.Token);
            return new Answer(response.StatusCode, await Read(stream, limit.Token));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new LostLine((e.InnerException ?? e).Message.TrimEnd('.') + ".");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw VerbTrouble.Field($"{server}{path} did not answer within {patience.TotalMinutes:0} minutes.");
        }
    }

    private static async Task<JsonDocument?> Read(Stream stream, CancellationToken stop)
    {
        try
        {
            return await JsonDocument.ParseAsync(stream, cancellationToken: stop);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private JsonElement Payload(string path, Answer answer)
    {
        var root = answer.Body?.RootElement ?? throw Unreadable(path, answer.Status);
        if (root.ValueKind != JsonValueKind.Object) throw Unreadable(path, answer.Status);
        var status = root.TryGetProperty("status", out var said) && said.TryGetInt32(out var number) ? number : (int)answer.Status;
        if (status is >= 200 and < 300)
            return root.TryGetProperty("payload", out var payload) ? payload.Clone() : throw Unreadable(path, answer.Status);
        var sentence = $"{server}{path}: the emulator refused ({status}): {Message(root)}";
        throw status is >= 400 and < 500 ? VerbTrouble.Asked(sentence) : VerbTrouble.Field(sentence);
    }

    private VerbTrouble Unreadable(string path, HttpStatusCode status) =>
        VerbTrouble.Field($"{server}{path} answered ({(int)status}) what is no answer of BOPTEST.");

    private static string Message(JsonElement root)
    {
        var text = root.TryGetProperty("message", out var message) ? message.ToString()
            : root.TryGetProperty("errors", out var errors) ? errors.ToString()
            : "without a reason.";
        var line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= LongestMessage ? line : line[..LongestMessage] + "…";
    }

    private sealed record Answer(HttpStatusCode Status, JsonDocument? Body) : IDisposable
    {
        public void Dispose() => Body?.Dispose();
    }
}

/// <summary>The line dropped before an answer came.</summary>
internal sealed class LostLine(string why) : Exception(why);
