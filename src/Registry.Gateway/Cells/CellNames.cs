using Registry.Core.Ground;
using Registry.Core.Ground.Codes;
using Registry.Core.Law;

namespace Registry.Gateway.Cells;

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
}
