using System.Text.Json;

namespace EnergyPilot.Io.Sparkplug;

/// <summary>What the primary host has said of itself (STATE messages).</summary>
internal sealed class SparkplugHost : IDisposable
{
    private const int Longest = 4096;

    private readonly Lock gate = new();
    private readonly SemaphoreSlim came = new(0);
    private ulong latest;
    private ulong latestOnline;
    private bool isOnline;

    public bool IsOnline
    {
        get
        {
            lock (gate)
                return isOnline;
        }
    }

    /// <summary>On a new connection nothing has been heard yet; the times stay.</summary>
    public void Forget()
    {
        lock (gate)
            isOnline = false;
    }

    /// <summary>Takes a message; false when it is none.</summary>
    public bool TryHear(ReadOnlySpan<byte> payload)
    {
        if (!TryRead(payload, out var online, out var at))
            return false;
        lock (gate)
            Hear(online, at);
        return true;
    }

    /// <summary>Waits until the host is there.</summary>
    public async Task Online(CancellationToken stop)
    {
        while (!IsOnline)
            await came.WaitAsync(stop).ConfigureAwait(false);
    }

    public void Dispose() => came.Dispose();

    private void Hear(bool online, ulong at)
    {
        // message-flow-edge-node-birth-publish-phid-wait-timestamp; operational-behavior-edge-node-termination-host-offline-timestamp:
        // a death that was delivered late must not end the host's next life.
        if (at < (online ? latest : latestOnline))
            return;
        latest = Math.Max(latest, at);
        if (online)
            latestOnline = at;
        isOnline = online;
        if (online && came.CurrentCount == 0)
            came.Release();
    }

    // {"online":true,"timestamp":1668114759262}; other keys are passed over.
    private static bool TryRead(ReadOnlySpan<byte> payload, out bool online, out ulong at)
    {
        (online, at) = (false, 0);
        if (payload.Length > Longest)
            return false;
        try
        {
            return TryFields(new Utf8JsonReader(payload), out online, out at);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool TryFields(Utf8JsonReader reader, out bool online, out ulong at)
    {
        (online, at) = (false, 0);
        var (hasOnline, hasTime) = (false, false);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isOnline, isTime) = (reader.ValueTextEquals("online"u8), reader.ValueTextEquals("timestamp"u8));
            reader.Read();
            if (isOnline && reader.TokenType is JsonTokenType.True or JsonTokenType.False)
                (hasOnline, online) = (isOnline, reader.TokenType == JsonTokenType.True);
            else if (isTime && reader.TokenType == JsonTokenType.Number)
                hasTime = reader.TryGetUInt64(out at);
            reader.Skip();
        }

        // Nothing may follow the object.
        return hasOnline && hasTime && reader.TokenType == JsonTokenType.EndObject && !reader.Read();
    }
}
