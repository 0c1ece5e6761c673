using Registry.Core;
using Registry.Core.Ground;
using Registry.Core.Ground.Codes;
using Registry.Core.Law;
using Registry.Simulation.Running;

namespace Registry.Simulation.Workload;

/// <summary>
/// A country of 36 cells around the common corner of four sheets, where most filings meet. Its cells are half a degree wide: a
/// sheet of 96 cells is made in a microsecond, one of 86,400 is not, and nothing but the graticule knows the difference.
/// </summary>
internal static class Country
{
    private const int CornerLatitude = 48;
    private const int CornerLongitude = 78;
    private const int Reach = 3;

    private static readonly Graticule s_graticule = new(18_000, 18_000);

    /// <summary>The law: short terms, a short wait after a refusal, few cells to a title.</summary>
    public static Regime Regime { get; } = new()
    {
        Code = "corner",
        Graticule = s_graticule,
        Scheme = new CellKeys(),
        Jurisdiction = new Jurisdiction(s_graticule, AllCells()),
        MostCells = 6,
        MustBeConnected = true,
        TermYears = Enum.GetValues<LicenseBlockKind>().ToDictionary(kind => kind, _ => 1),
        WorkingDaysAfterRefusal = 1,
        Calendar = new LegalCalendar(TimeSpan.FromHours(5), new HashSet<(int, int)> { (3, 8) }),
    };

    /// <summary>Every cell of the country.</summary>
    public static CellSet Cells { get; } = CellSet.Of(AllCells());

    /// <summary>Connected ground, more often near the corner than away from it.</summary>
    public static CellSet Ground(Choices choices, int mostCells, bool isNearCorner)
    {
        var reach = !isNearCorner && choices.Below(4) == 0 ? Reach : 1;
        var start = s_graticule.CellOf(
            Row - reach + choices.Below(2 * reach), Column - reach + choices.Below(2 * reach));
        var ground = new List<Cell> { start };
        for (var left = choices.Below(mostCells); left > 0; left--)
        {
            var from = choices.Of(ground);
            var (row, column) = (s_graticule.Row(from), s_graticule.Column(from));
            var next = choices.Below(4) switch
            {
                0 => s_graticule.CellOf(row + 1, column),
                1 => s_graticule.CellOf(row - 1, column),
                2 => s_graticule.CellOf(row, column + 1),
                _ => s_graticule.CellOf(row, column - 1),
            };
            if (Regime.Jurisdiction.Contains(next))
                ground.Add(next);
        }

        return CellSet.Of(ground);
    }

    /// <summary>The middle of a cell, in degrees.</summary>
    public static (double Longitude, double Latitude) MiddleOf(Cell cell)
    {
        var box = BoundingBox.Of(s_graticule, cell);
        return ((box.West + box.East) / 2, (box.South + box.North) / 2);
    }

    private static int Row => (int)s_graticule.RowsFromSouthPole(CornerLatitude);

    private static int Column => (int)s_graticule.ColumnsFromAntimeridian(CornerLongitude);

    private static IEnumerable<Cell> AllCells() =>
        from row in Enumerable.Range(Row - Reach, 2 * Reach)
        from column in Enumerable.Range(Column - Reach, 2 * Reach)
        select s_graticule.CellOf(row, column);

    /// <summary>Cells by their keys: the country of a simulation needs no codes.</summary>
    private sealed class CellKeys : ICellScheme
    {
        public string Format(Cell cell) => cell.ToString();

        public string Alias(Cell cell) => cell.ToString();

        public bool TryRead(string text, ICollection<Cell> cells, out string? error) =>
            throw new NotSupportedException("Nobody types codes in a simulation.");
    }
}
