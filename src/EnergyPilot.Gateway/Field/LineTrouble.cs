using System.Collections.Immutable;
using EnergyPilot.Core.Control;

namespace EnergyPilot.Gateway.Field;

/// <summary>One thing that is wrong with a line, or was found at a look at a device.</summary>
/// <param name="Fault">As a code, which the reader's language has a sentence for.</param>
/// <param name="Log">As a sentence for the log, in English.</param>
/// <param name="Facts">What the reader's sentence names.</param>
public sealed record LineTrouble(LineFault Fault, string Log, params ImmutableArray<Fact> Facts)
{
    /// <summary>What a broker, or the way there, refuses.</summary>
    public static LineTrouble OfBroker(Io.Mqtt.MqttFault fault, Io.Mqtt.MqttReason reason, string log, string broker) => new(
        (fault, reason) switch
        {
            (Io.Mqtt.MqttFault.Refused, Io.Mqtt.MqttReason.BadUserNameOrPassword or Io.Mqtt.MqttReason.NotAuthorized) => LineFault.BrokerLogin,
            (Io.Mqtt.MqttFault.Refused or Io.Mqtt.MqttFault.Disconnected, _) => LineFault.BrokerRefuses,
            (Io.Mqtt.MqttFault.TlsFailed, _) => LineFault.BrokerNotTrusted,
            (Io.Mqtt.MqttFault.Timeout or Io.Mqtt.MqttFault.PingTimeout, _) => LineFault.BrokerSilent,
            (Io.Mqtt.MqttFault.None or Io.Mqtt.MqttFault.NotConnected or Io.Mqtt.MqttFault.Unreachable or Io.Mqtt.MqttFault.ConnectionLost, _) => LineFault.BrokerUnreachable,
            _ => LineFault.BrokerGarbled,
        },
        log, Fact.Of("broker", broker));

    /// <summary>Why a line or the uplink cannot begin as it is set up.</summary>
    public static LineTrouble OfSetUp(Exception e) => e switch
    {
        Unusable unusable => unusable.Trouble,
        _ => new(LineFault.NotSetUp, e.Message),
    };
}

/// <summary>A file, or what it says, keeps something from beginning; a person has to mend it.</summary>
internal sealed class Unusable(LineTrouble trouble, Exception? inner) : IOException(trouble.Log, inner)
{
    public LineTrouble Trouble => trouble;

    /// <summary>The text of a file of secrets, without blanks around; empty where none is named.</summary>
    /// <param name="where">Who names it, for the log.</param>
    public static string Secret(string file, string where)
    {
        if (file.Length == 0) return "";
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var fault = e is FileNotFoundException or DirectoryNotFoundException ? LineFault.FileMissing : LineFault.FileUnreadable;
            throw new Unusable(new(fault, $"{file}, which the site file names under {where}, cannot be read: {e.Message}", Fact.Of("file", file)), e);
        }
    }
}
