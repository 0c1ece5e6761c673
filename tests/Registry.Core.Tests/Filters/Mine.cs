using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using Registry.Core.Filters;
using Registry.Core.Filters.Binding;
using Registry.Core.Filters.Text;

namespace Registry.Core.Tests.Filters;

/// <summary>A feature with a property of each type, for tests of evaluation.</summary>
internal sealed record Mine(string Name)
{
    public double? Depth { get; init; }

    public DateOnly? Opened { get; init; }

    public DateOnly? Closed { get; init; }

    public DateTimeOffset? Surveyed { get; init; }

    public IReadOnlyList<string> Commodities { get; init; } = [];

    public Geometry? Ground { get; init; }

    public static Queryables<Mine> Queryables { get; } = new(
    [
        new("name", QueryableType.Text, "The name.", mine => FilterValue.Of(mine.Name)),
        new("depth", QueryableType.Number, "The depth.", mine => FilterValue.Of(mine.Depth)),
        new("opened", QueryableType.Date, "When it was opened.", mine => FilterValue.Of(mine.Opened)),
        new("closed", QueryableType.Date, "When it was closed.", mine => FilterValue.Of(mine.Closed)),
        new("surveyed", QueryableType.Timestamp, "When it was surveyed.", mine => FilterValue.Of(mine.Surveyed)),
        new("commodities", QueryableType.TextArray, "What it yields.", mine => FilterValue.Of(mine.Commodities)),
        new("geometry", QueryableType.AnyGeometry, "Where it lies.", mine => FilterValue.Of(mine.Ground)),
    ]);

    public static Geometry Wkt(string text) => new WKTReader().Read(text);

    /// <summary>Whether this mine passes a filter in cql2-text.</summary>
    public bool Passes(string filter)
    {
        var reading = FilterText.Read(filter);
        Assert.True(reading.IsSound, reading.Fault?.ToString());
        Assert.Null(Queryables.Check(reading.Filter));
        return Queryables.Bind(reading.Filter)(this);
    }

    /// <summary>Why a filter in cql2-text is refused, by the parser or the types.</summary>
    public static FilterFault FaultOf(string filter)
    {
        var reading = FilterText.Read(filter);
        var fault = reading.IsSound ? Queryables.Check(reading.Filter) : reading.Fault;
        Assert.NotNull(fault);
        return fault;
    }
}
