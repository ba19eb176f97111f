using System.Net.Sockets;
using EnergyPilot.Core.Sites;
using EnergyPilot.Gateway.Field;

namespace EnergyPilot.Gateway.Commands.Installer;

/// <summary>Why a bus does not open, in a sentence with a remedy.</summary>
internal static class BusDoor
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Opens the line once, to know that it can be; throws the sentence when not.</summary>
    public static async Task Try(Target target, CancellationToken stop)
    {
        if (await Trouble(target, stop) is { Length: > 0 } sentence) throw VerbTrouble.Field(sentence);
    }

    /// <summary>To be thrown when a line was lost.</summary>
    public static async Task<VerbTrouble> Lost(Target target, CancellationToken stop) => VerbTrouble.Field(
        await Trouble(target, stop) is { Length: > 0 } sentence ? sentence : $"{target.Bus.Where} takes connections and closes them again: it may serve one at a time, and the gateway may have it. Use \"energypilot trace\", or stop the gateway.");

    private static async Task<string> Trouble(Target target, CancellationToken stop)
    {
        using var late = new CancellationTokenSource(Patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stop);
        try
        {
            await using var line = await FieldBuses.Line(target.Bus, dataBits: 8)(either.Token);
            return "";
        }
        catch (SocketException e)
        {
            return Unreachable(target.Bus.Where, e);
        }
        catch (IOException e)
        {
            return Unopened(target, e.Message);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return $"{target.Bus.Where} does not answer: the network may have no way there. Check the address, the cable and the gateway's own address.";
        }
    }

    private static string Unopened(Target target, string why) => why switch
    {
        _ when why.Contains("in use", StringComparison.Ordinal) =>
            $"{why} When the gateway holds this line, stop it (systemctl stop energypilot), or look on with \"energypilot trace {Named(target)}\".",
        _ when why.Contains("dialout", StringComparison.Ordinal) => $"{why} Add it with \"sudo usermod -aG dialout $USER\" and log in again.",
        _ when why.Contains("not there", StringComparison.Ordinal) => $"{why} The ports there are: {Ports()}.",
        _ => why,
    };

    private static string Named(Target target) => target.Bus.Id.Length > 0 ? target.Bus.Id : "BUS";

    private static string Ports()
    {
        const string byMaker = "/dev/serial/by-id";
        string[] ports = [.. Directory.Exists(byMaker) ? Directory.EnumerateFileSystemEntries(byMaker) : [],
            .. Directory.EnumerateFileSystemEntries("/dev", "ttyUSB*"), .. Directory.EnumerateFileSystemEntries("/dev", "ttyA*"), .. Directory.EnumerateFileSystemEntries("/dev", "serial?")];
        return ports.Length > 0 ? string.Join(", ", ports.Order(StringComparer.Ordinal).Take(12)) : "none";
    }

    private static string Unreachable(string where, SocketException e) => e.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => $"{where} refuses the connection: nothing listens on that port, or its only connection is taken. Check address and port; when the gateway has the connection, stop it or use \"energypilot trace\".",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => $"{where}: there is no host of that name. Check its spelling, or give its number.",
        _ => $"{where} cannot be reached: {e.Message}. Check the address, the cable and the gateway's own address.",
    };
}
