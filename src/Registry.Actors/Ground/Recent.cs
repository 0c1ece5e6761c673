using System.Diagnostics.CodeAnalysis;

namespace Registry.Actors.Ground;

/// <summary>What was used last, within a bound on its weight. Safe for concurrent use.</summary>
/// <param name="most">The most weight that is kept; the last one entered is kept whatever it weighs.</param>
/// <typeparam name="TKey">What names a value.</typeparam>
/// <typeparam name="TValue">What is kept.</typeparam>
internal sealed class Recent<TKey, TValue>(long most)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly LinkedList<(TKey Key, TValue Value, long Weight)> _byUse = [];
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value, long Weight)>> _byKey = [];

    /// <summary>The weight of everything that is kept.</summary>
    public long Weight { get; private set; }

    /// <summary>Finds a value, which becomes the one used last.</summary>
    public bool TryFind(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_gate)
        {
            if (!_byKey.TryGetValue(key, out var node))
            {
                value = default;
                return false;
            }

            _byUse.Remove(node);
            _byUse.AddLast(node);
            value = node.Value.Value;
            return true;
        }
    }

    /// <summary>Enters a value, in place of an earlier one of its key, and lets go of what was not used for longest.</summary>
    public void Keep(TKey key, TValue value, long weight)
    {
        lock (_gate)
        {
            if (_byKey.TryGetValue(key, out var before))
                LetGo(before);
            _byKey.Add(key, _byUse.AddLast((key, value, weight)));
            Weight += weight;
            while (Weight > most && _byUse.Count > 1)
                LetGo(_byUse.First!);
        }
    }

    private void LetGo(LinkedListNode<(TKey Key, TValue Value, long Weight)> node)
    {
        _byUse.Remove(node);
        _byKey.Remove(node.Value.Key);
        Weight -= node.Value.Weight;
    }
}
