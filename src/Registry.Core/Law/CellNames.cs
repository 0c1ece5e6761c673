using Registry.Core.Ground;
using Registry.Core.Ground.Codes;

namespace Registry.Core.Law;

/// <summary>Names cells anywhere on Earth: the jurisdiction's in its own scheme, others in the one that is written where they lie.</summary>
public static class CellNames
{
    /// <summary>The scheme that names a cell; null around the poles, where no map has sheets.</summary>
    /// <param name="regime">The law, for its ground and its scheme.</param>
    /// <param name="cell">Any cell of the regime's graticule.</param>
    public static ICellScheme? SchemeOf(Regime regime, Cell cell)
    {
        if (regime.Jurisdiction.Contains(cell))
            return regime.Scheme;
        return regime.Graticule.SheetOf(cell).Row switch
        {
            _ when regime.Graticule != Graticule.Minute => null,
            >= 0 and < SheetId.Rows => KazakhCode.Instance,
            < 0 and >= -SheetId.Rows => AustralianCode.Instance,
            _ => null,
        };
    }

    /// <summary>The code of a cell, for a sentence about cells that may lie anywhere; its key where no scheme names it.</summary>
    public static string NameOf(Regime regime, Cell cell) => SchemeOf(regime, cell)?.Format(cell) ?? cell.ToString();

    /// <summary>The codes of the first five cells, for a sentence.</summary>
    public static string NameSome(Regime regime, IReadOnlyCollection<Cell> cells) =>
        $"{string.Join(", ", cells.Take(5).Select(cell => NameOf(regime, cell)))}{(cells.Count > 5 ? ", ..." : "")}";
}
