namespace Registry.Formats.VectorTile;

/// <summary>A place of a tile, in units of <see cref="TileFrame"/>.</summary>
public readonly record struct TilePoint(int X, int Y);

/// <summary>The geometry of one feature as drawing commands (Mapbox Vector Tile 2.1, section 4.3). Used again for the next feature.</summary>
public sealed class TileGeometry
{
    private const uint MoveToOnce = (1 << 3) | 1;
    private const uint LineTo = 2;
    private const uint ClosePath = (1 << 3) | 7;

    private readonly ProtobufWriter _commands = new();
    private TilePoint _cursor;

    /// <summary>What is drawn: 0 nothing, 1 a point, 3 polygons (GeomType of the standard).</summary>
    public int Type { get; private set; }

    /// <summary>Whether nothing is drawn.</summary>
    public bool IsEmpty => Type == 0;

    /// <summary>How many bytes the commands take.</summary>
    public int Length => _commands.Length;

    /// <summary>The commands, packed.</summary>
    internal ReadOnlySpan<byte> Commands => _commands.Written;

    /// <summary>Begins the next feature.</summary>
    public void Clear()
    {
        _commands.Clear();
        (_cursor, Type) = (default, 0);
    }

    /// <summary>Draws a point.</summary>
    public void Point(TilePoint point)
    {
        Type = 1;
        _commands.Varint(MoveToOnce);
        GoTo(point);
    }

    /// <summary>
    /// Draws a ring of a polygon, in either direction; a hole follows its shell. The standard wants the area of a shell, by the
    /// surveyor's formula on the y axis that points south, to be positive, and that of a hole negative: the ring is turned where needed.
    /// </summary>
    /// <param name="ring">The vertices; the first is not repeated.</param>
    /// <param name="isShell">Whether it is the outer ring.</param>
    /// <returns>False when the ring has no area and nothing was drawn.</returns>
    public bool Ring(ReadOnlySpan<TilePoint> ring, bool isShell)
    {
        var area = DoubleArea(ring);
        if (area == 0)
            return false;
        Type = 3;
        var isTurned = area > 0 != isShell;
        _commands.Varint(MoveToOnce);
        GoTo(ring[0]);
        _commands.Varint(((uint)(ring.Length - 1) << 3) | LineTo);
        for (var i = 1; i < ring.Length; i++)
            GoTo(ring[isTurned ? ^i : i]);
        _commands.Varint(ClosePath);
        return true;
    }

    /// <summary>Twice the area of a ring by the surveyor's formula.</summary>
    public static long DoubleArea(ReadOnlySpan<TilePoint> ring)
    {
        var sum = 0L;
        for (var i = 0; i < ring.Length; i++)
        {
            var (from, to) = (ring[i], ring[i + 1 == ring.Length ? 0 : i + 1]);
            sum += ((long)from.X * to.Y) - ((long)to.X * from.Y);
        }

        return sum;
    }

    private void GoTo(TilePoint point)
    {
        _commands.Varint(ProtobufWriter.ZigZag(point.X - _cursor.X));
        _commands.Varint(ProtobufWriter.ZigZag(point.Y - _cursor.Y));
        _cursor = point;
    }
}
