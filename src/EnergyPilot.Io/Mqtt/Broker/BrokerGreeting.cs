namespace EnergyPilot.Io.Mqtt.Broker;

/// <summary>What comes first on a connection: CONNECT and its answer.</summary>
internal sealed class BrokerGreeting(BrokerParts parts, BrokerConnection connection, string certificate)
{
    /// <summary>Not an end: the client was let in.</summary>
    public static BrokerEnd Welcome { get; } = new(BrokerEndKind.Left, MqttReason.Success, "");

    public async Task<BrokerEnd> Hear(MqttLink over, CancellationToken stop)
    {
        while (true)
        {
            var read = await over.Input.ReadAsync(stop).ConfigureAwait(false);
            var buffer = read.Buffer;
            if (MqttFrame.TryTake(ref buffer, parts.Limits.ConnectSize, out var frame, out var fault))
            {
                var end = await Judge(over, frame, stop).ConfigureAwait(false);
                over.Input.AdvanceTo(buffer.Start);
                return end;
            }

            // MQTT-3.1.0-1: CONNECT comes first; nothing else is worth waiting for its end.
            if (fault != MqttMalformed.None || (!buffer.IsEmpty && buffer.FirstSpan[0] >> 4 != (int)MqttPacketKind.Connect) || read.IsCompleted)
                return new BrokerEnd(BrokerEndKind.Refused, MqttReason.ProtocolError, "It did not begin with CONNECT.");
            over.Input.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private async Task<BrokerEnd> Judge(MqttLink over, MqttFrame frame, CancellationToken stop)
    {
        if (frame.Kind != MqttPacketKind.Connect)
            return new BrokerEnd(BrokerEndKind.Refused, MqttReason.ProtocolError, $"It began with {frame.Kind} instead of CONNECT.");
        if (!MqttConnect.TryParse(frame, out var connect, out var fault))
        {
            if (fault != MqttMalformed.ProtocolLevel)
                return new BrokerEnd(BrokerEndKind.Refused, MqttReasons.Of(fault), $"Its CONNECT is malformed: {fault}.");
            // MQTT-3.1.2-2: a later version is told in the form of 5.0, an earlier one in that of 3.1.1.
            over.Version = LevelOf(frame) > (byte)MqttVersion.V50 ? MqttVersion.V50 : MqttVersion.V311;
            return await Refuse(over, MqttReason.UnsupportedProtocolVersion, "", stop).ConfigureAwait(false);
        }

        over.Version = connect.Version;
        var (agreed, refusal) = await parts.Door.Judge(connect, certificate, stop).ConfigureAwait(false);
        if (agreed is null)
            return await Refuse(over, refusal, MqttText.Of(connect.ClientId), stop).ConfigureAwait(false);
        refusal = connection.Attach(agreed, out var isPresent);
        if (refusal != MqttReason.Success)
            return await Refuse(over, refusal, agreed.ClientId, stop).ConfigureAwait(false);
        parts.Note(new MqttBrokerNote(MqttBrokerEvent.Connected, agreed.ClientId, MqttReason.Success, $"'{agreed.ClientId}' came in with {agreed.Version}{(isPresent ? " and has its session back" : "")}."));
        await over.Send(new MqttConnack(isPresent, MqttReason.Success, agreed.Answer(connect, parts.Limits)), stop).ConfigureAwait(false);
        connection.Wake();
        return Welcome;
    }

    private static async Task<BrokerEnd> Refuse(MqttLink over, MqttReason reason, string clientId, CancellationToken stop)
    {
        await over.Send(new MqttConnack(false, reason, MqttProperties.None), stop).ConfigureAwait(false);
        return new BrokerEnd(BrokerEndKind.Refused, reason, $"'{clientId}' was refused: {reason}.");
    }

    // The byte behind the name, which was read before it was found wrong.
    private static byte LevelOf(in MqttFrame frame) => frame.Body.Slice(6).FirstSpan[0];
}
