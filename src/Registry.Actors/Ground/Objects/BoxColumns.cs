using System.Numerics;
using System.Runtime.InteropServices;
using Registry.Core.Ground;

namespace Registry.Actors.Ground.Objects;

/// <summary>
/// Rectangles by place in a list, an edge a column, so that one instruction compares several. Searching looks at each of them: for the
/// thousands that a sheet has, this takes a few microseconds, finds them in the list's order, and needs no building.
/// </summary>
internal sealed class BoxColumns
{
    private readonly List<double> _west = [];
    private readonly List<double> _south = [];
    private readonly List<double> _east = [];
    private readonly List<double> _north = [];

    /// <summary>Puts a rectangle in at a place; those from there on move up by one.</summary>
    public void Insert(int place, BoundingBox box)
    {
        _west.Insert(place, box.West);
        _south.Insert(place, box.South);
        _east.Insert(place, box.East);
        _north.Insert(place, box.North);
    }

    /// <summary>Changes the rectangle at a place.</summary>
    public void Set(int place, BoundingBox box) =>
        (_west[place], _south[place], _east[place], _north[place]) = (box.West, box.South, box.East, box.North);

    /// <summary>Adds the places of the rectangles that share a point with one, in their order.</summary>
    public void Find(BoundingBox box, List<int> found)
    {
        ReadOnlySpan<double> west = CollectionsMarshal.AsSpan(_west);
        ReadOnlySpan<double> south = CollectionsMarshal.AsSpan(_south);
        ReadOnlySpan<double> east = CollectionsMarshal.AsSpan(_east);
        ReadOnlySpan<double> north = CollectionsMarshal.AsSpan(_north);
        var (boxWest, boxSouth) = (new Vector<double>(box.West), new Vector<double>(box.South));
        var (boxEast, boxNorth) = (new Vector<double>(box.East), new Vector<double>(box.North));
        var place = 0;
        for (; place <= west.Length - Vector<double>.Count; place += Vector<double>.Count)
        {
            var meets = Vector.LessThanOrEqual(new Vector<double>(west[place..]), boxEast)
                & Vector.GreaterThanOrEqual(new Vector<double>(east[place..]), boxWest)
                & Vector.LessThanOrEqual(new Vector<double>(south[place..]), boxNorth)
                & Vector.GreaterThanOrEqual(new Vector<double>(north[place..]), boxSouth);
            if (meets == Vector<long>.Zero)
                continue;
            for (var lane = 0; lane < Vector<long>.Count; lane++)
            {
                if (meets[lane] != 0)
                    found.Add(place + lane);
            }
        }

        for (; place < west.Length; place++)
        {
            if (new BoundingBox(west[place], south[place], east[place], north[place]).Intersects(box))
                found.Add(place);
        }
    }
}
