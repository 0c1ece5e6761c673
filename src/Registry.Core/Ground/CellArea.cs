namespace Registry.Core.Ground;

/// <summary>Areas of cells on the ellipsoid of WGS 84, in square kilometres.</summary>
/// <remarks>
/// The area between two parallels is known in closed form: J. P. Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395
/// (1987), equation 3-12, whose q is the area from the equator to a latitude for one radian of longitude, divided by a^2 / 2. All cells
/// of a row are equal.
/// </remarks>
public static class CellArea
{
    // NGA.STND.0036, World Geodetic System 1984: semi-major axis and flattening.
    private const double SemiMajorAxisKm = 6378.137;
    private const double Flattening = 1 / 298.257223563;
    private const double EccentricitySquared = Flattening * (2 - Flattening);

    /// <summary>The area of one cell.</summary>
    public static double Km2(Graticule graticule, Cell cell) => RowKm2(graticule, graticule.Row(cell));

    /// <summary>The area of any one cell of a row.</summary>
    /// <param name="graticule">Says how large a cell is.</param>
    /// <param name="row">Counted north from the south pole.</param>
    public static double RowKm2(Graticule graticule, int row)
    {
        var width = 2 * Math.PI / graticule.Columns;
        return SemiMajorAxisKm * SemiMajorAxisKm / 2 * width * (Q(graticule.Latitude(row + 1)) - Q(graticule.Latitude(row)));
    }

    /// <summary>The area of a set of cells. Cells of a row are counted and multiplied, so that equal sets give equal areas to the bit.</summary>
    public static double Km2(Graticule graticule, CellSet cells)
    {
        var total = 0.0;
        var inRow = 0;
        var row = -1;
        var rowEnd = 0L;
        foreach (var cell in cells.AsSpan())
        {
            if (cell.Key >= rowEnd)
            {
                if (inRow > 0)
                    total += inRow * RowKm2(graticule, row);
                row = graticule.Row(cell);
                rowEnd = (row + 1L) * graticule.Columns;
                inRow = 0;
            }

            inRow++;
        }

        return inRow == 0 ? total : total + (inRow * RowKm2(graticule, row));
    }

    private static double Q(double latitude)
    {
        var e = Math.Sqrt(EccentricitySquared);
        var sine = Math.Sin(latitude * Math.PI / 180);
        return (1 - EccentricitySquared)
            * ((sine / (1 - (EccentricitySquared * sine * sine))) - (Math.Log((1 - (e * sine)) / (1 + (e * sine))) / (2 * e)));
    }
}
