using System.Text;
using Registry.Core;
using Registry.Core.Filters;
using Registry.Core.Filters.Binding;
using Registry.Core.Filters.Json;
using Registry.Core.Filters.Text;
using Registry.Formats.ReferenceSystems;
using Registry.Gateway.ReferenceSystems;

namespace Registry.Gateway.Collections.Filtering;

/// <summary>The parameters <c>filter</c>, <c>filter-lang</c> and <c>filter-crs</c> (OGC API - Features - Part 3, 19-079r2, clause 7).</summary>
public static class FilterParameters
{
    /// <summary>The filter itself.</summary>
    public const string Filter = "filter";

    /// <summary>Its encoding: cql2-text, which is assumed, cql2-json, or <see cref="DraftText"/>.</summary>
    public const string Language = "filter-lang";

    /// <summary>The reference system of its geometries.</summary>
    public const string System = "filter-crs";

    /// <summary>How many parameters these are.</summary>
    internal const int Count = 3;

    /// <summary>Their names, in the order in which <see cref="Read"/> takes their values.</summary>
    internal static string[] Names { get; } = [Filter, Language, System];

    /// <summary>Reads a filter and checks it against the queryables of its collection.</summary>
    /// <param name="values">The values of the three parameters; null where they are absent.</param>
    /// <param name="queryables">The queryables.</param>
    /// <param name="filter">The filter, its geometries in CRS84; null where there is none.</param>
    /// <returns>What is wrong; null when nothing is.</returns>
    public static Refusal? Read(ReadOnlySpan<ReadOnlyMemory<char>?> values, Queryables queryables, out FilterExpression? filter)
    {
        filter = null;
        var language = values[1] ?? FilterText.Name.AsMemory();
        var isJson = language.Span is FilterJson.Name;
        var isDraft = language.Span is DraftText.Name;
        if (!isJson && !isDraft && language.Span is not FilterText.Name)
            return Refusal.Malformed(Language, $"A filter is written in {FilterText.Name} or {FilterJson.Name}; {DraftText.Name} of the drafts is read too.");
        if (ReferenceSystemParameter.Read(System, values[2], out var system) is { } fault)
            return fault;
        if (values[0] is not { } text)
            return null;
        var reading = isJson ? FilterJson.Read(Encoding.UTF8.GetBytes(text.ToString())) : FilterText.Read(text.ToString());
        return Check(reading, system, queryables, out filter, isDraft) is { } refused ? Refusal.Malformed(Filter, refused.ToString()) : null;
    }

    /// <summary>Brings a filter's geometries to CRS84 and checks it against the queryables of its collection.</summary>
    /// <param name="reading">What came of reading it.</param>
    /// <param name="system">The reference system of its geometries.</param>
    /// <param name="queryables">The queryables.</param>
    /// <param name="filter">The filter; null when it has a fault.</param>
    /// <param name="isDraft">Whether it is written in <see cref="DraftText"/>.</param>
    /// <returns>What is wrong; null when nothing is.</returns>
    internal static FilterFault? Check(
        FilterReading reading, ReferenceSystem system, Queryables queryables, out FilterExpression? filter, bool isDraft = false)
    {
        filter = null;
        if (!reading.IsSound)
            return reading.Fault;
        var read = FilterProjection.ToDegrees(reading.Filter, system);
        if (isDraft)
            read = DraftText.Typed(read, queryables);
        if (queryables.Check(read) is { } fault)
            return fault;
        filter = read;
        return null;
    }
}
