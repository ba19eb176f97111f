using System.Globalization;

namespace EnergyPilot.Io.Mqtt.Broker;

/// <summary>Judges CONNECT: who may come in, and on which terms.</summary>
internal sealed class BrokerDoor(MqttBrokerLimits limits) : IDisposable
{
    // Passwords are made slow to check: strangers may keep one processor busy with that, not all of them.
    private readonly SemaphoreSlim turn = new(1);
    private long assigned;

    /// <summary>Who may come in; null for everybody.</summary>
    public MqttPasswords? Passwords { get; set; }

    /// <summary>The terms, or the reason for refusing.</summary>
    /// <param name="connect">What the client said.</param>
    /// <param name="certificate">The subject of its verified certificate; empty without one.</param>
    /// <param name="stop">Ends the wait for others.</param>
    public async ValueTask<(BrokerTerms? Terms, MqttReason Reason)> Judge(MqttConnect connect, string certificate, CancellationToken stop)
    {
        // §4.12: no method of extended authentication is offered.
        if (connect.Properties.Contains(MqttPropertyId.AuthenticationMethod))
            return (null, MqttReason.BadAuthenticationMethod);
        if (connect.ClientId.Length > limits.ClientIdLength)
            return (null, MqttReason.ClientIdentifierNotValid);
        // 3.1.1 MQTT-3.1.3-8: without an identifier there is no session to come back to.
        if (connect.ClientId.IsEmpty && connect.Version == MqttVersion.V311 && !connect.IsCleanStart)
            return (null, MqttReason.ClientIdentifierNotValid);
        if (connect.HasWill && connect.WillTopic.Length > limits.TopicLength)
            return (null, MqttReason.TopicNameInvalid);
        var (owner, reason) = await Owner(connect, certificate, stop).ConfigureAwait(false);
        return reason == MqttReason.Success
            ? (BrokerTerms.Of(connect, connect.ClientId.IsEmpty ? NewClientId() : MqttText.Of(connect.ClientId), owner, limits), reason)
            : (null, reason);
    }

    public void Dispose() => turn.Dispose();

    private async ValueTask<(string Owner, MqttReason Reason)> Owner(MqttConnect connect, string certificate, CancellationToken stop)
    {
        if (connect.HasUser && Passwords is { } passwords)
        {
            var user = MqttText.Of(connect.User);
            var password = System.Buffers.BuffersExtensions.ToArray(connect.Password);
            await turn.WaitAsync(stop).ConfigureAwait(false);
            try
            {
                return passwords.Admits(user, password) ? ($"user {user}", MqttReason.Success) : ("", MqttReason.BadUserNameOrPassword);
            }
            finally
            {
                turn.Release();
            }
        }

        if (certificate.Length > 0)
            return ($"certificate {certificate}", MqttReason.Success);
        return ("", Passwords is null ? MqttReason.Success : MqttReason.NotAuthorized);
    }

    // Not to be guessed: who knows an identifier can take over its session where nobody asks for passwords.
    private string NewClientId() => string.Create(
        CultureInfo.InvariantCulture, $"auto-{Interlocked.Increment(ref assigned)}-{Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8))}");
}
