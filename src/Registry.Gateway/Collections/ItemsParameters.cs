using System.Collections.Frozen;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Filters;
using Registry.Core.Filters.Binding;
using Registry.Gateway.Collections.Filtering;
using Registry.Gateway.Parameters;
using Registry.Gateway.ReferenceSystems;

namespace Registry.Gateway.Collections;

/// <summary>
/// The parameters of the items of a collection: those that every collection has, then one for each queryable that has a simple value or
/// is an array (OGC API - Features - Part 3, requirements class Queryables as Query Parameters).
/// </summary>
public sealed class ItemsParameters
{
    /// <summary>The places of the parameters in <see cref="Names"/>.</summary>
    internal const int Box = 0, Limit = 1, Page = 2, DateTime = 3, Format = 4, AnswerSystem = 5, BoxSystem = 6, AsAt = 7;

    // Only collections have it and what follows.
    private const int Offset = 8;

    // The first of filter, filter-lang and filter-crs.
    private const int Filter = 9;
    private const int FirstProperty = Filter + FilterParameters.Count;

    /// <summary>The parameter that only license blocks have.</summary>
    internal const string Cells = "cells";

    private static readonly FrozenDictionary<string, ItemsParameters> ByCollection =
        CollectionDescription.All.ToFrozenDictionary(collection => collection.Id, collection => new ItemsParameters(collection));

    private readonly IReadOnlyList<QueryableProperty> _properties = [];
    private readonly bool _hasCells;

    private ItemsParameters(CollectionDescription collection)
        : this()
    {
        Queryables = collection.Queryables;
        _hasCells = collection.Objects == Collection.LicenseBlocks;
        _properties = [.. Queryables.All.Where(property => property.IsSimple || property.Type == QueryableType.TextArray)];
        Names =
        [
            .. Names, OffsetParameter.Name, .. FilterParameters.Names, .. _properties.Select(property => property.Name), .. _hasCells ? [Cells] : Array.Empty<string>(),
        ];
    }

    private ItemsParameters() => Names =
    [
        BoundingBoxParameter.Name, LimitParameter.Name, ItemsQuery.PageParameter, DateTimeParameter.Name, FormatParameter.Name,
        ReferenceSystemParameter.Answer, ReferenceSystemParameter.Box, DateTimeParameter.AsAtName,
    ];

    /// <summary>The parameters of features that are of no collection and cannot be filtered.</summary>
    public static ItemsParameters Unfiltered { get; } = new();

    /// <summary>By what the collection is filtered; null where it is not.</summary>
    public Queryables? Queryables { get; }

    /// <summary>Every name.</summary>
    public string[] Names { get; }

    /// <summary>The parameters of a collection.</summary>
    public static ItemsParameters Of(CollectionDescription collection) => ByCollection[collection.Id];

    /// <summary>The value of the parameter <see cref="Cells"/>.</summary>
    internal ReadOnlyMemory<char>? CellsOf(ReadOnlySpan<ReadOnlyMemory<char>?> values) => _hasCells ? values[^1] : null;

    /// <summary>The value of the parameter <c>offset</c>.</summary>
    internal ReadOnlyMemory<char>? OffsetOf(ReadOnlySpan<ReadOnlyMemory<char>?> values) => Queryables is null ? null : values[Offset];

    /// <summary>Puts values in the places of <c>as-at</c> and <c>offset</c>.</summary>
    internal static void Set(ReadOnlyMemory<char>?[] values, ReadOnlyMemory<char>? asAt, ReadOnlyMemory<char>? offset) =>
        (values[AsAt], values[Offset]) = (asAt, offset);

    /// <summary>Reads the filter, and the queryables that are parameters: one filter of them all.</summary>
    /// <param name="values">The values of <see cref="Names"/>.</param>
    /// <param name="filter">The filter, checked; null for none.</param>
    /// <returns>What is wrong; null when nothing is.</returns>
    internal Refusal? ReadFilter(ReadOnlySpan<ReadOnlyMemory<char>?> values, out FilterExpression? filter)
    {
        filter = null;
        if (Queryables is null)
            return null;
        var conditions = new List<FilterExpression>();
        var fault = FilterParameters.Read(values.Slice(Filter, FilterParameters.Count), Queryables, out var written)
            ?? PropertyParameters.Read(_properties, values.Slice(FirstProperty, _properties.Count), conditions);
        if (written is not null)
            conditions.Add(written);
        filter = conditions switch { [] => null, [var only] => only, _ => new AllOf([.. conditions]) };
        return fault;
    }
}
