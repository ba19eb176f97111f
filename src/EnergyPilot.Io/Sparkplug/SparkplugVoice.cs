using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using EnergyPilot.Io.Mqtt;

namespace EnergyPilot.Io.Sparkplug;

/// <summary>
/// Says everything that a node says, one message after the other, so that the sequence has no gap: births, data and deaths.
/// What is said is bound to the connection over which the node was born.
/// </summary>
internal sealed class SparkplugVoice(
    MqttClient client, SparkplugTopics topics, SparkplugOrders orders, SparkplugPen pen, Action<string> refused, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1);
    private readonly HashSet<string> dead = new(StringComparer.Ordinal);
    private volatile SparkplugLife? born;
    private long births;
    private long sent;
    private byte next;

    public long Sent => Interlocked.Read(ref sent);

    /// <summary>Whether data are taken.</summary>
    public bool IsSpeaking => born is not null;

    /// <summary>From now on no data are sent, until the next birth.</summary>
    public void Silence() => born = null;

    /// <summary>The births are sent: from now on data are taken under this number.</summary>
    public void Speak(SparkplugLife life, long birth) => (births, born) = (birth, life);

    /// <summary>Sends all births; data are not taken before <see cref="Speak"/>. Not good when the server does not take one of them.</summary>
    public async Task<MqttResult> Bear(SparkplugLife life, SparkplugBirth birth, CancellationToken stop)
    {
        birth.Check();
        await turn.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            var devices = birth.Devices.Where(device => !dead.Contains(device.Id)).ToArray();
            var roster = new SparkplugRoster(
                new SparkplugScope("", topics.NodeData, birth.Node), devices.Select(Scope).ToFrozenDictionary(scope => scope.Device));
            next = 0;
            pen.NodeBirth(life.Number, birth.Node, time.GetUtcNow(), next);
            orders.Roster = roster;
            var result = await Say(life, topics.NodeBirth, stop).ConfigureAwait(false);
            life.WasBorn |= result.IsGood;
            foreach (var device in devices)
                if (result.IsGood)
                    result = await Bear(life, device, stop).ConfigureAwait(false);
            return result;
        }
        finally
        {
            turn.Release();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<SparkplugSent> Publish(long birth, string device, ReadOnlyMemory<SparkplugDatum> data, CancellationToken stop)
    {
        await turn.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            if (born is not { } life || life.Link != client.Present || births != birth || orders.Roster is not { } roster || !roster.TryFind(device, out var scope))
                return SparkplugSent.NotBorn;
            if (data.IsEmpty)
                return SparkplugSent.Sent;
            if (data.Length > ushort.MaxValue)
                return SparkplugSent.TooLarge;
            if (!pen.TryData(scope, data.Span, time.GetUtcNow(), next, out var wrong))
            {
                refused(wrong);
                return SparkplugSent.Refused;
            }

            // Not with the caller's token: half of a message cannot be taken back. It waits no longer than the connection lives.
            return Outcome(await Say(life, scope.Data, life.Over).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return SparkplugSent.NotBorn;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Says that a device is gone, now and in the births to come until it is born again.</summary>
    public async ValueTask Bury(string device, CancellationToken stop)
    {
        await turn.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            dead.Add(device);
            if (born is not { } life || orders.Roster is not { } roster || device.Length == 0 || !roster.TryFind(device, out _))
                return;
            orders.Roster = roster.Without(device);
            pen.DeviceDeath(time.GetUtcNow(), next);
            await Say(life, topics.Device("DDEATH", device), life.Over).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // The connection went first, and with it the whole node.
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Says that a device is there (again).</summary>
    public async ValueTask Revive(string device, Func<SparkplugBirth> birth, CancellationToken stop)
    {
        await turn.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            dead.Remove(device);
            if (born is not { } life || orders.Roster is not { } roster)
                return;
            var facts = birth();
            facts.Check();
            var metrics = facts.Devices.FirstOrDefault(fact => fact.Id == device)
                ?? throw new ArgumentException($"The births do not name the device '{device}'.", nameof(device));
            orders.Roster = roster.With(Scope(metrics));
            await Bear(life, metrics, life.Over).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // The connection went first; the next one begins with all births.
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Says the death of the node, if it was born over this connection. QoS 0: it must not be said again over the next one.</summary>
    public async Task Die(SparkplugLife life, CancellationToken patience)
    {
        Silence();
        await turn.WaitAsync(patience).ConfigureAwait(false);
        try
        {
            if (!life.WasBorn)
                return;
            life.WasBorn = false;
            var death = new MqttMessage(topics.NodeDeath, SparkplugPen.NodeDeath(life.Number, time.GetUtcNow()), MqttQos.AtMostOnce);
            if ((await client.PublishOnce(death, life.Link, patience).ConfigureAwait(false)).IsGood)
                Interlocked.Increment(ref sent);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private ValueTask<MqttResult> Bear(SparkplugLife life, SparkplugDevice device, CancellationToken stop)
    {
        pen.DeviceBirth(device.Metrics, time.GetUtcNow(), next);
        return Say(life, topics.Device("DBIRTH", device.Id), stop);
    }

    // payloads-sequence-num-incrementing: a number is used when its message was taken.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<MqttResult> Say(SparkplugLife life, MqttTopic topic, CancellationToken stop)
    {
        var result = await client.PublishOnce(new MqttMessage(topic, pen.Written, MqttQos.AtMostOnce), life.Link, stop).ConfigureAwait(false);
        if (!result.IsGood)
            return result;
        next++;
        Interlocked.Increment(ref sent);
        return result;
    }

    private SparkplugScope Scope(SparkplugDevice device) => new(device.Id, topics.Device("DDATA", device.Id), device.Metrics);

    private static SparkplugSent Outcome(MqttResult result) => result.Fault switch
    {
        MqttFault.None => SparkplugSent.Sent,
        MqttFault.NotConnected => SparkplugSent.NotBorn,
        MqttFault.TooLarge => SparkplugSent.TooLarge,
        _ => SparkplugSent.Failed,
    };
}
