using System.Buffers;
using Registry.Core.GeoJson;
using Registry.Formats.ReferenceSystems;

namespace Registry.Formats.Features;

/// <summary>Writes the nested lists of a geometry's positions, as GeoJSON and well-known text both have them.</summary>
/// <param name="output">Where to.</param>
/// <param name="geometry">Any but a GeometryCollection.</param>
/// <param name="system">Says the order of axes and how many decimals there are.</param>
/// <param name="open">Begins a list.</param>
/// <param name="comma">Stands between members of a list.</param>
/// <param name="close">Ends a list.</param>
/// <param name="between">Stands between the two numbers of a position.</param>
/// <param name="isEachPositionEnclosed">Whether a position is a list itself.</param>
internal readonly ref struct CoordinateText(
    IBufferWriter<byte> output, FlatGeometry geometry, ReferenceSystem system,
    ReadOnlySpan<byte> open, ReadOnlySpan<byte> comma, ReadOnlySpan<byte> close, ReadOnlySpan<byte> between, bool isEachPositionEnclosed)
{
    private readonly ReadOnlySpan<byte> _open = open;
    private readonly ReadOnlySpan<byte> _comma = comma;
    private readonly ReadOnlySpan<byte> _close = close;
    private readonly ReadOnlySpan<byte> _between = between;

    /// <summary>Writes them.</summary>
    public void Write()
    {
        switch (geometry.Kind)
        {
            case GeometryKind.Point:
                WritePosition(0);
                break;
            case GeometryKind.MultiPoint:
                WritePositions(0, geometry.Coordinates.Count / 2);
                break;
            case GeometryKind.LineString:
                WriteLine(0);
                break;
            case GeometryKind.MultiPolygon:
                WritePolygons();
                break;
            default:
                WriteLines(0, geometry.LineEnds.Count);
                break;
        }
    }

    private void WritePolygons()
    {
        output.Write(_open);
        for (var i = 0; i < geometry.PolygonEnds.Count; i++)
        {
            if (i > 0)
                output.Write(_comma);
            WriteLines(i == 0 ? 0 : geometry.PolygonEnds[i - 1], geometry.PolygonEnds[i]);
        }

        output.Write(_close);
    }

    private void WriteLines(int first, int end)
    {
        output.Write(_open);
        for (var i = first; i < end; i++)
        {
            if (i > first)
                output.Write(_comma);
            WriteLine(i);
        }

        output.Write(_close);
    }

    private void WriteLine(int index) => WritePositions(index == 0 ? 0 : geometry.LineEnds[index - 1], geometry.LineEnds[index]);

    private void WritePositions(int first, int end)
    {
        output.Write(_open);
        for (var i = first; i < end; i++)
        {
            if (i > first)
                output.Write(_comma);
            WritePosition(i);
        }

        output.Write(_close);
    }

    private void WritePosition(int index)
    {
        var (x, y) = (geometry.Coordinates[index * 2], geometry.Coordinates[(index * 2) + 1]);
        if (system.IsLatitudeFirst)
            (x, y) = (y, x);
        if (isEachPositionEnclosed)
            output.Write(_open);
        WriteNumber(x);
        output.Write(_between);
        WriteNumber(y);
        if (isEachPositionEnclosed)
            output.Write(_close);
    }

    private void WriteNumber(double number) =>
        output.Advance(FixedDecimals.Format(output.GetSpan(FixedDecimals.MostBytes), number, system.Decimals));
}
