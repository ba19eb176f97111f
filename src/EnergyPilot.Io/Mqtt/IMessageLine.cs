namespace EnergyPilot.Io.Mqtt;

/// <summary>The messages that a broker passes on, as a field bus sees them.</summary>
public interface IMessageLine : IAsyncDisposable
{
    /// <summary>Why there is no connection, in a sentence; empty while there is one.</summary>
    string Trouble { get; }

    /// <summary>The same as a code; of no meaning while there is a connection.</summary>
    MqttFault Fault { get; }

    /// <summary>What the server gave as its reason.</summary>
    MqttReason Reason { get; }

    /// <summary>Begins to listen to these topic filters; <paramref name="heard"/> is called one message after the other.</summary>
    void Listen(IReadOnlyList<MqttFilter> filters, MessageHeard heard);

    /// <summary>Publishes a message; true once the broker has it.</summary>
    ValueTask<bool> Publish(MqttTopic topic, ReadOnlyMemory<byte> payload, TimeSpan deadline, CancellationToken stop);
}

/// <summary>Takes in a message.</summary>
/// <param name="topic">Its topic.</param>
/// <param name="payload">Its bytes, valid during the call only.</param>
/// <param name="age">Whether it is news, or one that the broker has kept.</param>
/// <param name="at">When it arrived.</param>
public delegate void MessageHeard(string topic, ReadOnlySpan<byte> payload, MessageAge age, DateTimeOffset at);

/// <summary>Whether a message has just been sent, or was kept by the broker for those who come later.</summary>
public enum MessageAge
{
    /// <summary>Sent just now.</summary>
    News,

    /// <summary>Retained: sent some unknown time ago.</summary>
    Kept,
}
