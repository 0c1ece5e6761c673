using Registry.Core;
using Registry.Core.Ground;
using Registry.Formats.ReferenceSystems;

namespace Registry.Gateway.Parameters;

/// <summary>
/// The parameter <c>bbox</c>: west, south, east, north in degrees of CRS84, or of the reference system that <c>bbox-crs</c> names, in
/// the order of its axes; or six numbers with the least and greatest height, which are read and not used: the ground of a title has
/// no height.
/// </summary>
public static class BoundingBoxParameter
{
    /// <summary>The parameter's name.</summary>
    public const string Name = "bbox";

    // Some fifty times round the Earth: more metres than any map has.
    private const double MostMetres = 2e9;

    // Ten times round it: a map that is moved on and on shows one world after the other.
    private const double MostDegrees = 3600;

    // Half the width of the world in Web Mercator.
    private const double MercatorEdge = 20037508.342789244;

    private static readonly string[] Edges = ["west", "south", "east", "north"];
    private static readonly string[] EdgesAndHeights = ["west", "south", "lowest", "east", "north", "highest"];
    private static readonly string[] EdgesLatitudeFirst = ["south", "west", "north", "east"];
    private static readonly string[] EdgesAndHeightsLatitudeFirst = ["south", "west", "lowest", "north", "east", "highest"];

    /// <summary>Reads the parameter.</summary>
    /// <param name="text">Its value; null where it is absent.</param>
    /// <param name="system">The reference system of its numbers.</param>
    /// <param name="box">
    /// The rectangle in that system, within one world, or its part west of the antimeridian; the whole Earth where the parameter is absent.
    /// What reaches beyond the poles is cut there, and longitudes beyond 180 are those of the next world.
    /// </param>
    /// <param name="beyond">The part east of the antimeridian of a rectangle that crosses it, its west being greater than its east.</param>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public static Refusal? Read(ReadOnlyMemory<char>? text, ReferenceSystem system, out BoundingBox box, out BoundingBox? beyond)
    {
        box = BoundingBox.World;
        beyond = null;
        if (text is null)
            return null;
        Span<double> numbers = stackalloc double[6];
        if (ReadNumbers(text.Value.Span, system, ref numbers) is { } fault)
            return fault;
        var heights = numbers.Length == 6 ? 1 : 0;
        var (west, south, east, north) = (numbers[0], numbers[1], numbers[2 + heights], numbers[3 + heights]);
        if (system.IsLatitudeFirst)
            (west, south, east, north) = (south, west, north, east);
        if (south > north)
            return Fault(system, "the south edge lies north of the north edge.");
        if (heights == 1 && numbers[2] > numbers[5])
            return Fault(system, "the lowest height lies above the highest.");
        if (system.IsProjected && west > east)
            return Fault(system, "the west edge lies east of the east edge.");
        if (!system.IsProjected && (south > 90 || north < -90))
            return Fault(system, "all of it lies beyond a pole.");
        if (!system.IsProjected)
            (south, north) = (Math.Max(south, -90), Math.Min(north, 90));
        box = new BoundingBox(west, south, east, north);
        if (!system.IsProjected)
            (box, beyond) = InOneWorld(box, 180);
        else if (system.Code == 3857)
            (box, beyond) = InOneWorld(box, MercatorEdge);
        return null;
    }

    // The ground that a rectangle shows, whichever world's: west of the antimeridian, and what goes on east of it.
    private static (BoundingBox Box, BoundingBox? Beyond) InOneWorld(BoundingBox box, double edge)
    {
        var (world, west, east) = (2 * edge, box.West, box.East);
        if (east - west >= world)
            return (box with { West = -edge, East = edge }, null);
        // Moved by whole worlds, so that the west edge lies in the first one; numbers that lie there are left as they are.
        west -= west < -edge || west > edge ? world * Math.Floor((west + edge) / world) : 0;
        east += west - box.West;
        if (east < west)
            east += world * Math.Ceiling((west - east) / world);
        return east <= edge
            ? (box with { West = west, East = east }, null)
            : (box with { West = west, East = edge }, box with { West = -edge, East = Math.Max(east - world, -edge) });
    }

    private static Refusal? ReadNumbers(ReadOnlySpan<char> text, ReferenceSystem system, ref Span<double> numbers)
    {
        var count = text.Count(',') + 1;
        if (count is not (4 or 6))
            return Fault(system, "four numbers, or six, were expected.");
        numbers = numbers[..count];
        var names = Names(system, count);
        var index = 0;
        foreach (var part in text.Split(','))
        {
            var most = names[index] switch
            {
                "lowest" or "highest" => double.MaxValue,
                _ when system.IsProjected => MostMetres,
                _ => MostDegrees,
            };
            if (!Numbers.TryRead(text[part], -most, most, out numbers[index]))
            {
                return Fault(system, most == double.MaxValue
                    ? $"the {names[index]} height is not a number."
                    : $"the {names[index]} edge is not a number from {-most} to {most}.");
            }

            index++;
        }

        return null;
    }

    private static string[] Names(ReferenceSystem system, int count) => count == 4
        ? system.IsLatitudeFirst ? EdgesLatitudeFirst : Edges
        : system.IsLatitudeFirst ? EdgesAndHeightsLatitudeFirst : EdgesAndHeights;

    private static Refusal Fault(ReferenceSystem system, string what) => Refusal.Malformed(Name, system.IsProjected
        ? $"The rectangle is written west,south,east,north in metres; {what}"
        : system.IsLatitudeFirst
            ? $"The rectangle is written south,west,north,east in degrees, such as 43.0,76.5,44.0,77.5; {what}"
            : $"The rectangle is written west,south,east,north in degrees, such as 76.5,43.0,77.5,44.0; {what}");
}
