using System.Collections;
using System.Runtime.CompilerServices;

namespace Registry.Core.Filters;

/// <summary>Parts of a filter in their order, never changed; equal when the parts are.</summary>
/// <param name="parts">The parts; the array is kept and must not be changed.</param>
[CollectionBuilder(typeof(FilterParts), nameof(Of))]
public sealed class FilterParts(FilterExpression[] parts) : IReadOnlyList<FilterExpression>, IEquatable<FilterParts>
{
    /// <inheritdoc/>
    public int Count => parts.Length;

    /// <inheritdoc/>
    public FilterExpression this[int index] => parts[index];

    /// <summary>Makes a list of parts.</summary>
    public static FilterParts Of(ReadOnlySpan<FilterExpression> parts) => new(parts.ToArray());

    /// <inheritdoc/>
    public bool Equals(FilterParts? other) => other is not null && this.SequenceEqual(other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FilterParts);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var part in parts)
            hash.Add(part);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<FilterExpression> GetEnumerator() => parts.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
