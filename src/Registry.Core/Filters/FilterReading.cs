using System.Diagnostics.CodeAnalysis;

namespace Registry.Core.Filters;

/// <summary>Why a filter is refused.</summary>
/// <param name="Place">Where in the filter.</param>
/// <param name="Detail">A sentence for the sender.</param>
public sealed record FilterFault(FilterPlace Place, string Detail)
{
    /// <summary>The sentence with its place: <c>At character 14: ...</c>.</summary>
    public override string ToString() => Place.ToString() is { Length: > 0 } place ? $"At {place}: {Detail}" : Detail;
}

/// <summary>What came of reading a filter: the filter, or why there is none.</summary>
public sealed class FilterReading
{
    private FilterReading(FilterExpression? filter, FilterFault? fault) => (Filter, Fault) = (filter, fault);

    /// <summary>The filter; null when it was refused.</summary>
    public FilterExpression? Filter { get; }

    /// <summary>The first fault that was found; null when there is none.</summary>
    public FilterFault? Fault { get; }

    /// <summary>Whether there is a filter.</summary>
    [MemberNotNullWhen(true, nameof(Filter))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool IsSound => Filter is not null;

    /// <summary>Runs a parser, whose faults become values here.</summary>
    internal static FilterReading Of(Func<FilterExpression> parse)
    {
        try
        {
            return new FilterReading(parse(), null);
        }
        catch (FilterFaultException refused)
        {
            return new FilterReading(null, refused.Fault);
        }
    }
}

/// <summary>Leaves a parser or a binding at its first fault, from whatever depth; it never leaves this folder.</summary>
internal sealed class FilterFaultException(FilterFault fault) : Exception(fault.ToString())
{
    public FilterFaultException(FilterPlace place, string detail)
        : this(new FilterFault(place, detail))
    {
    }

    public FilterFault Fault { get; } = fault;
}
