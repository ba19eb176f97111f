using System.Collections.Immutable;

namespace EnergyPilot.Gateway.Storage;

/// <summary>A series that is put together from parts, each in order of time: nearly always the next follows the last, and then nothing is sorted.</summary>
/// <param name="capacity">How many there will be, about.</param>
/// <param name="at">The time of one.</param>
internal sealed class InOrder<T>(int capacity, Func<T, long> at)
{
    private T[] items = new T[capacity];
    private int count;
    private long last = long.MinValue;
    private bool isOut;

    /// <summary>So many more are coming.</summary>
    public void Reserve(int more)
    {
        if (count + more > items.Length) Array.Resize(ref items, Math.Max(count + more, items.Length + items.Length / 2));
    }

    public void Add(T item)
    {
        if (count == items.Length) Reserve(1);
        items[count++] = item;
        var now = at(item);
        isOut |= now < last;
        last = now;
    }

    /// <summary>All of them; of those of one time the one that was added first is first.</summary>
    public ImmutableArray<T> ToImmutable()
    {
        if (count < items.Length) Array.Resize(ref items, count);
        if (isOut) items = [.. items.OrderBy(at)];
        return System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(items);
    }
}
