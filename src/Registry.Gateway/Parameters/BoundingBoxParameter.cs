using Registry.Actors.Ground;
using Registry.Core;

namespace Registry.Gateway.Parameters;

/// <summary>
/// The parameter <c>bbox</c>: west, south, east, north in degrees of CRS84, or six numbers with the least and greatest height, which
/// are read and not used: the ground of a title has no height.
/// </summary>
public static class BoundingBoxParameter
{
    /// <summary>The parameter's name.</summary>
    public const string Name = "bbox";

    private static readonly string[] Edges = ["west", "south", "east", "north"];
    private static readonly string[] EdgesAndHeights = ["west", "south", "lowest", "east", "north", "highest"];

    /// <summary>Reads the parameter.</summary>
    /// <param name="text">Its value; null where it is absent.</param>
    /// <param name="box">The rectangle, or its part west of the antimeridian; the whole Earth where the parameter is absent.</param>
    /// <param name="beyond">The part east of the antimeridian of a rectangle that crosses it, its west being greater than its east.</param>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public static Refusal? Read(ReadOnlyMemory<char>? text, out BoundingBox box, out BoundingBox? beyond)
    {
        box = BoundingBox.World;
        beyond = null;
        if (text is null)
            return null;
        Span<double> numbers = stackalloc double[6];
        if (ReadNumbers(text.Value.Span, ref numbers) is { } fault)
            return fault;
        var heights = numbers.Length == 6 ? 1 : 0;
        var (west, south, east, north) = (numbers[0], numbers[1], numbers[2 + heights], numbers[3 + heights]);
        if (south > north)
            return Fault("the south edge lies north of the north edge.");
        if (heights == 1 && numbers[2] > numbers[5])
            return Fault("the lowest height lies above the highest.");
        box = new BoundingBox(west, south, west <= east ? east : 180, north);
        beyond = west <= east ? null : new BoundingBox(-180, south, east, north);
        return null;
    }

    private static Refusal? ReadNumbers(ReadOnlySpan<char> text, ref Span<double> numbers)
    {
        var count = text.Count(',') + 1;
        if (count is not (4 or 6))
            return Fault("four numbers, or six, were expected.");
        numbers = numbers[..count];
        var names = count == 4 ? Edges : EdgesAndHeights;
        var index = 0;
        foreach (var part in text.Split(','))
        {
            var most = names[index] switch
            {
                "west" or "east" => 180,
                "south" or "north" => 90,
                _ => double.MaxValue,
            };
            if (!Numbers.TryRead(text[part], -most, most, out numbers[index]))
            {
                return Fault(most == double.MaxValue
                    ? $"the {names[index]} height is not a number."
                    : $"the {names[index]} edge is not a number from {-most} to {most}.");
            }

            index++;
        }

        return null;
    }

    private static Refusal Fault(string what) =>
        Refusal.Malformed(Name, $"The rectangle is written west,south,east,north in degrees, such as 76.5,43.0,77.5,44.0; {what}");
}
