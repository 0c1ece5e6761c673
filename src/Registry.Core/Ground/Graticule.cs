namespace Registry.Core.Ground;

/// <summary>
/// The net of meridians and parallels that cuts the Earth into cells. It alone knows how large a cell is: a regime with a finer
/// graticule (British Columbia's 15" x 22.5") is another instance of this type and nothing else.
/// </summary>
/// <remarks>
/// Everything is counted in whole steps from the south pole and from 180 W; degrees appear only on the way in and out.
/// Steps are given in tenths of an arc-second, the coarsest unit in which every graticule in use is whole.
/// </remarks>
public sealed class Graticule
{
    private const int TenthsPerDegree = 36_000;
    private const int SheetDegreesLatitude = 4;
    private const int SheetDegreesLongitude = 6;

    private readonly int _latitudeStep;
    private readonly int _longitudeStep;

    /// <summary>One minute of arc each way: Kazakhstan, Western Australia, Queensland.</summary>
    public static Graticule Minute { get; } = new(600, 600);

    /// <param name="latitudeStep">Height of a cell in tenths of an arc-second; divides 4 degrees.</param>
    /// <param name="longitudeStep">Width of a cell in tenths of an arc-second; divides 6 degrees.</param>
    /// <exception cref="ArgumentOutOfRangeException">A step is not positive, does not divide a sheet, or makes more cells than a key can name.</exception>
    public Graticule(int latitudeStep, int longitudeStep)
    {
        if (latitudeStep <= 0 || SheetDegreesLatitude * TenthsPerDegree % latitudeStep != 0)
            throw new ArgumentOutOfRangeException(nameof(latitudeStep), latitudeStep, "Does not divide 4 degrees.");
        if (longitudeStep <= 0 || SheetDegreesLongitude * TenthsPerDegree % longitudeStep != 0)
            throw new ArgumentOutOfRangeException(nameof(longitudeStep), longitudeStep, "Does not divide 6 degrees.");
        _latitudeStep = latitudeStep;
        _longitudeStep = longitudeStep;
        Rows = 180 * TenthsPerDegree / latitudeStep;
        Columns = 360 * TenthsPerDegree / longitudeStep;
        if ((long)Rows * Columns > uint.MaxValue)
            throw new ArgumentOutOfRangeException(nameof(latitudeStep), "More cells than a 32-bit key can name.");
        RowsPerSheet = SheetDegreesLatitude * TenthsPerDegree / latitudeStep;
        ColumnsPerSheet = SheetDegreesLongitude * TenthsPerDegree / longitudeStep;
    }

    /// <summary>Rows from pole to pole: 10,800 for one minute.</summary>
    public int Rows { get; }

    /// <summary>Columns around the Earth: 21,600 for one minute.</summary>
    public int Columns { get; }

    /// <summary>Rows in a sheet: 240 for one minute.</summary>
    public int RowsPerSheet { get; }

    /// <summary>Columns in a sheet: 360 for one minute.</summary>
    public int ColumnsPerSheet { get; }

    /// <summary>Cells in a sheet: 86,400 for one minute.</summary>
    public int CellsPerSheet => RowsPerSheet * ColumnsPerSheet;

    /// <summary>The graticule whose cells are squares of so many of this one's a side.</summary>
    /// <param name="square">Divides <see cref="RowsPerSheet"/> and <see cref="ColumnsPerSheet"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">It does not.</exception>
    public Graticule Coarser(int square) => new(square * _latitudeStep, square * _longitudeStep);

    /// <summary>The cell of a row (from the south pole) and a column (from 180 W).</summary>
    public Cell CellOf(int row, int column) => new((uint)(((long)row * Columns) + column));

    /// <summary>The row of a cell, counted north from the south pole.</summary>
    public int Row(Cell cell) => (int)(cell.Key / (uint)Columns);

    /// <summary>The column of a cell, counted east from 180 W.</summary>
    public int Column(Cell cell) => (int)(cell.Key % (uint)Columns);

    /// <summary>Whether the key names a cell of this graticule.</summary>
    public bool Contains(Cell cell) => cell.Key < (long)Rows * Columns;

    /// <summary>The cell that holds a point. The north pole falls in the northernmost row, 180 E in the westernmost column.</summary>
    /// <param name="longitude">Degrees, -180 to 180.</param>
    /// <param name="latitude">Degrees, -90 to 90.</param>
    public Cell CellAt(double longitude, double latitude)
    {
        // The division may round a point on an edge to the wrong side; the edges themselves decide.
        var row = (int)Math.Floor(RowsFromSouthPole(latitude));
        row += latitude >= Latitude(row + 1) ? 1 : latitude < Latitude(row) ? -1 : 0;
        row = Math.Clamp(row, 0, Rows - 1);
        var column = (int)Math.Floor(ColumnsFromAntimeridian(longitude));
        column += longitude >= Longitude(column + 1) ? 1 : longitude < Longitude(column) ? -1 : 0;
        return CellOf(row, ((column % Columns) + Columns) % Columns);
    }

    /// <summary>A latitude in rows from the south pole, with its fraction.</summary>
    public double RowsFromSouthPole(double latitude) => (latitude + 90) * TenthsPerDegree / _latitudeStep;

    /// <summary>A longitude in columns from 180 W, with its fraction.</summary>
    public double ColumnsFromAntimeridian(double longitude) => (longitude + 180) * TenthsPerDegree / _longitudeStep;

    /// <summary>The latitude, in degrees, of the south edge of a row.</summary>
    public double Latitude(int row) => LatitudeInTenths(row) / (double)TenthsPerDegree;

    /// <summary>The longitude, in degrees, of the west edge of a column.</summary>
    public double Longitude(int column) => LongitudeInTenths(column) / (double)TenthsPerDegree;

    /// <summary>The latitude, in tenths of an arc-second, of the south edge of a row.</summary>
    internal int LatitudeInTenths(int row) => (row * _latitudeStep) - (90 * TenthsPerDegree);

    /// <summary>The longitude, in tenths of an arc-second, of the west edge of a column.</summary>
    internal int LongitudeInTenths(int column) => (column * _longitudeStep) - (180 * TenthsPerDegree);

    /// <summary>The sheet that holds a cell.</summary>
    public SheetId SheetOf(Cell cell) =>
        new(FloorDivide(Row(cell) - (Rows / 2), RowsPerSheet), (Column(cell) / ColumnsPerSheet) + 1);

    /// <summary>Where a cell stands in its sheet: row by row from the south-west, from 0.</summary>
    public int IndexInSheet(Cell cell)
    {
        var row = Row(cell) - (Rows / 2);
        return ((row - (FloorDivide(row, RowsPerSheet) * RowsPerSheet)) * ColumnsPerSheet) + (Column(cell) % ColumnsPerSheet);
    }

    /// <summary>The cell at a place of a sheet, the inverse of <see cref="IndexInSheet"/>.</summary>
    public Cell CellOf(SheetId sheet, int index) =>
        CellOf(FirstRow(sheet) + (index / ColumnsPerSheet), FirstColumn(sheet) + (index % ColumnsPerSheet));

    /// <summary>The southernmost row of a sheet.</summary>
    public int FirstRow(SheetId sheet) => (Rows / 2) + (sheet.Row * RowsPerSheet);

    /// <summary>The westernmost column of a sheet.</summary>
    public int FirstColumn(SheetId sheet) => (sheet.Zone - 1) * ColumnsPerSheet;

    private static int FloorDivide(int value, int divisor) => (int)Math.Floor((double)value / divisor);
}
