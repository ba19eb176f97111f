using System.Net;

namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>What a running gateway has heard on a bus, asked through its local page.</summary>
internal sealed class GatewayTrace(Target target, string url) : IDisposable
{
    private const int Everything = 100_000;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1), Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient http = new() { BaseAddress = new Uri(url), Timeout = Patience };
    private string newest = "";

    public async Task Show(int last, CancellationToken stop)
    {
        var lines = await Lines(last, stop);
        foreach (var line in lines) Console.WriteLine(line);
        if (lines.Length > 0) newest = lines[^1];
        else await Console.Error.WriteLineAsync($"Nothing was said on {target.Name} yet.");
    }

    /// <summary>Frames that come from now on, once a second.</summary>
    public async Task Follow(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Pace);
        while (await timer.WaitForNextTickAsync(stop))
        {
            var lines = await Lines(Everything, stop);
            var known = Array.LastIndexOf(lines, newest);
            foreach (var line in lines.Skip(known + 1)) Console.WriteLine(line);
            if (lines.Length > 0) newest = lines[^1];
        }
    }

    public async Task Capture(string file, CancellationToken stop)
    {
        using var answer = await Ask("trace.pcap", stop);
        if (!answer.IsSuccessStatusCode) throw VerbTrouble.Field($"There is no capture of {target.Name}: captures hold Modbus frames only.");
        var bytes = await answer.Content.ReadAsByteArrayAsync(stop);
        await CaptureFile.Write(file, bytes, stop);
    }

    public void Dispose() => http.Dispose();

    private async Task<string[]> Lines(int last, CancellationToken stop)
    {
        using var answer = await Ask($"trace?last={last}", stop);
        if (answer.StatusCode == HttpStatusCode.NotFound)
            throw VerbTrouble.Field($"The gateway on {url} traces no bus '{target.Name}'. Buses on files, GPIO and MQTT have no frames; for the others, the name is that of the gateway's own site file.");
        if (!answer.IsSuccessStatusCode) throw VerbTrouble.Field($"{url} answers {(int)answer.StatusCode}: is that the page of a gateway?");
        return (await answer.Content.ReadAsStringAsync(stop)).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private async Task<HttpResponseMessage> Ask(string what, CancellationToken stop)
    {
        if (target.Bus.Id.Length == 0) throw VerbTrouble.Asked($"A gateway knows its buses by their names in its site file, not by places such as {target.Bus.Where}. Name the bus, or add --listen to open it from here.");
        try
        {
            return await http.GetAsync(new Uri($"/api/v1/buses/{Uri.EscapeDataString(target.Bus.Id)}/{what}", UriKind.Relative), stop);
        }
        catch (HttpRequestException e)
        {
            throw VerbTrouble.Field($"No gateway answers on {url}: {e.Message.TrimEnd('.')}. Start it, name its page with --url, or add --listen to open the bus from here.");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw VerbTrouble.Field($"The gateway on {url} does not answer within {Patience.TotalSeconds:0} s.");
        }
    }
}
