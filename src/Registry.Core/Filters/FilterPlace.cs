using System.Globalization;

namespace Registry.Core.Filters;

/// <summary>Where a part of a filter was read: a character of cql2-text, counted from 1, or a JSON pointer (RFC 6901) into cql2-json.</summary>
/// <remarks>Any two places are equal, so that filters are compared by what they mean and not by where they were written.</remarks>
public readonly struct FilterPlace : IEquatable<FilterPlace>
{
    private FilterPlace(int character, string? pointer) => (Character, Pointer) = (character, pointer);

    /// <summary>The character, counted from 1; 0 where the filter is not text.</summary>
    public int Character { get; }

    /// <summary>The pointer, empty for the whole; null where the filter is not JSON.</summary>
    public string? Pointer { get; }

    /// <summary>A character of cql2-text, counted from 0.</summary>
    public static FilterPlace At(int index) => new(index + 1, null);

    /// <summary>A value within cql2-json.</summary>
    public static FilterPlace At(string pointer) => new(0, pointer);

    /// <inheritdoc/>
    public bool Equals(FilterPlace other) => true;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is FilterPlace;

    /// <inheritdoc/>
    public override int GetHashCode() => 0;

    /// <summary>The place for people: <c>character 14</c>, <c>/args/0</c>; empty where it is not known.</summary>
    public override string ToString() => Character > 0
        ? string.Create(CultureInfo.InvariantCulture, $"character {Character}")
        : Pointer ?? "";

    /// <summary>Always true.</summary>
    public static bool operator ==(FilterPlace left, FilterPlace right) => left.Equals(right);

    /// <summary>Always false.</summary>
    public static bool operator !=(FilterPlace left, FilterPlace right) => !left.Equals(right);
}
