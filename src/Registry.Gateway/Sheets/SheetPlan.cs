using Registry.Core;
using Registry.Core.Filters;
using Registry.Core.Ground;
using Registry.Core.Law;
using Registry.Formats.ReferenceSystems;
using Registry.Gateway.Parameters;
using Registry.Gateway.ReferenceSystems;

namespace Registry.Gateway.Sheets;

/// <summary>Which sheets of the jurisdiction a rectangle touches, in the order of sheets.</summary>
/// <remarks>
/// Rectangles and sheets are closed here: a rectangle that ends on the edge of a sheet touches it, as it touches a feature that lies
/// along that edge.
/// </remarks>
public sealed class SheetPlan
{
    private readonly SheetId[] _sheets;
    private readonly BoundingBox[] _boxes;

    /// <param name="regime">The law, for its graticule and its ground.</param>
    public SheetPlan(Regime regime)
    {
        _sheets = [.. regime.Jurisdiction.Sheets];
        _boxes = Array.ConvertAll(_sheets, sheet => BoundingBox.Of(regime.Graticule, sheet));
        Extent = _boxes.Length == 0 ? BoundingBox.World : _boxes.Aggregate((all, box) => all.Around(box));
    }

    /// <summary>The sheets of the jurisdiction, in their order.</summary>
    public IReadOnlyList<SheetId> Sheets => _sheets;

    /// <summary>The rectangle around every sheet of the jurisdiction.</summary>
    public BoundingBox Extent { get; }

    /// <summary>The sheets that a rectangle touches, in their order.</summary>
    public SheetId[] Touched(BoundingBox box)
    {
        var count = 0;
        foreach (var sheet in _boxes)
            count += sheet.Intersects(box) ? 1 : 0;
        if (count == _sheets.Length)
            return _sheets;
        var touched = new SheetId[count];
        for (int i = 0, next = 0; next < count; i++)
        {
            if (_boxes[i].Intersects(box))
                touched[next++] = _sheets[i];
        }

        return touched;
    }

    /// <summary>
    /// Reads the parameter <c>bbox</c>. Of a rectangle over the antimeridian, the part that touches no sheet is left out. What is no
    /// rectangle in degrees, because it lies on both sides of the antimeridian or its edges are straight on a map only, is asked for as
    /// the rectangle around it, with a condition besides.
    /// </summary>
    /// <param name="text">The parameter's value; null where it is absent.</param>
    /// <param name="system">The reference system of its numbers.</param>
    /// <param name="box">The rectangle to ask for, in degrees.</param>
    /// <param name="within">What features must pass besides; null where the rectangle says it all.</param>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public Refusal? Read(ReadOnlyMemory<char>? text, ReferenceSystem system, out BoundingBox box, out FilterExpression? within)
    {
        within = null;
        if (BoundingBoxParameter.Read(text, system, out box, out var beyond) is { } fault)
            return fault;
        if (text is not null && system.IsProjected)
        {
            (box, within) = ProjectedBox.ToDegrees(system, box, Extent);
            beyond = beyond is { } rest ? ProjectedBox.ToDegrees(system, rest, Extent).Around : null;
        }

        if (beyond is { } east && Touched(east).Length > 0)
        {
            if (Touched(box).Length == 0)
            {
                box = east;
                return null;
            }

            within = new SpatialPredicate(
                SpatialRelation.Intersects, new PropertyName("geometry"), new BoxLiteral(box.West, box.South, east.East, box.North));
            box = new BoundingBox(-180, box.South, 180, box.North);
        }

        return null;
    }

    /// <summary>Reads the parameter <c>bbox</c>, in degrees, where a rectangle has to say it all: one that lies on both sides of the
    /// antimeridian with sheets on both is refused.</summary>
    public Refusal? Read(ReadOnlyMemory<char>? text, ReferenceSystem system, out BoundingBox box) =>
        Read(text, system, out box, out var within) ?? (within is null ? null : Refusal.Malformed(
            BoundingBoxParameter.Name, "The rectangle is given in degrees or in EPSG:3857, and on one side of the antimeridian; ask for its parts one by one."));
}
