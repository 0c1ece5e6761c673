using System.Globalization;

namespace Registry.Core.Filters;

/// <summary>Counts what a parser reads against the limits.</summary>
internal sealed class FilterBudget(FilterLimits limits)
{
    private int _depth;
    private int _operations;
    private int _values;
    private int _vertices;

    /// <exception cref="FilterFaultException">The filter nests too deep.</exception>
    public void Enter(FilterPlace place)
    {
        if (++_depth > limits.Depth)
            throw Excess(place, "The filter nests deeper than", limits.Depth, "levels");
    }

    public void Leave(int levels = 1) => _depth -= levels;

    /// <exception cref="FilterFaultException">There are too many conditions.</exception>
    public void Operation(FilterPlace place)
    {
        if (++_operations > limits.Operations)
            throw Excess(place, "The filter has more than", limits.Operations, "conditions and calculations");
    }

    /// <exception cref="FilterFaultException">There are too many literals.</exception>
    public void Value(FilterPlace place)
    {
        if (++_values > limits.Values)
            throw Excess(place, "The filter has more than", limits.Values, "literals and names");
    }

    /// <exception cref="FilterFaultException">There are too many positions.</exception>
    public void Vertex(FilterPlace place)
    {
        if (++_vertices > limits.Vertices)
            throw Excess(place, "The geometries of the filter have more than", limits.Vertices, "positions");
    }

    private static FilterFaultException Excess(FilterPlace place, string what, int most, string unit) =>
        new(place, string.Create(CultureInfo.InvariantCulture, $"{what} {most:#,0} {unit}."));
}
