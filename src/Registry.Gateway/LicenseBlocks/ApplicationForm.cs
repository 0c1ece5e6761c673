using System.Globalization;
using NetTopologySuite.Geometries;
using Registry.Core;
using Registry.Core.GeoJson;
using Registry.Core.Ground;
using Registry.Core.Law;
using Registry.Core.Titles;
using Registry.Gateway.Answers;
using Registry.Gateway.Requests;

namespace Registry.Gateway.LicenseBlocks;

/// <summary>The body of an application for ground.</summary>
/// <param name="Kind">What the license block is for.</param>
/// <param name="Cells">The ground, or the cells that <paramref name="Polygon"/> touches.</param>
/// <param name="Polygon">The ground where it is a polygon.</param>
/// <param name="Commodities">The minerals sought.</param>
/// <param name="Holder">The id of the party that is to hold it; null when it is not named.</param>
/// <param name="QueueIfTaken">Whether to stand in line over ground under another's undecided application.</param>
/// <param name="Unsnapped">Why the geometry could not be turned into cells, though it is sound; null when it could.</param>
internal sealed record ApplicationForm(
    LicenseBlockKind Kind,
    CellSet Cells,
    Geometry? Polygon,
    IReadOnlyList<string> Commodities,
    string? Holder,
    bool QueueIfTaken,
    Refusal? Unsnapped)
{
    // No title is larger; enough for a mining area of a hundred kilometres by a hundred, which touches some five thousand.
    private const int MostCellsOfPolygon = 10_000;

    /// <summary>The command that the form asks for.</summary>
    public Apply ToCommand(Holder holder) => new(Kind, holder, Cells, Polygon, Commodities, QueueIfTaken);

    /// <summary>Reads the form.</summary>
    /// <returns>Null when something that has to be there is not; the body's faults then say so.</returns>
    public static ApplicationForm? Read(Members body, Regime regime)
    {
        var kind = body.Choice<LicenseBlockKind>("kind");
        var commodities = body.Commodities("commodities");
        var holder = body.OptionalText("holder");
        var ifTaken = body.Choice<IfTaken>("ifTaken", required: false) ?? IfTaken.Refuse;
        var hasCells = body.Has("cells");
        var hasGeometry = body.Has("geometry");
        if (body.IsObject && hasCells == hasGeometry)
            body.Faults.Add("", "An application names its ground by cells or by geometry: exactly one of them.");
        var overCells = kind is LicenseBlockKind.Exploration or LicenseBlockKind.GeologicalStudy;
        if (hasCells && kind is not null && !overCells)
            body.Refuse("cells", $"The ground of kind {Words.Of(kind.Value)} is a polygon: give it as geometry.");

        var cells = hasCells ? body.Cells("cells") : CellSet.Empty;
        var geometry = hasGeometry ? body.Geometry("geometry", GeometryTypes.Areas, touching: overCells ? TouchingParts.United : TouchingParts.Refused) : null;
        if (kind is null || !body.Faults.IsEmpty)
            return null;
        var unsnapped = default(Refusal);
        if (geometry is not null)
            (cells, unsnapped) = Snap(regime, geometry, overCells);
        return new(kind.Value, cells, overCells ? null : geometry, commodities, holder, ifTaken == IfTaken.Queue, unsnapped);
    }

    private static (CellSet Cells, Refusal? Refusal) Snap(Regime regime, Geometry geometry, bool overCells)
    {
        var snapped = Snapping.Snap(regime.Graticule, geometry, overCells ? SnapRule.Covered : SnapRule.Touched, MostCellsOfPolygon);
        return snapped.End == SnapEnd.Complete
            ? (snapped.Cells, null)
            : (CellSet.Empty, Refusal.Broken(new BrokenRule(RuleNames.TooManyCells, string.Create(CultureInfo.InvariantCulture,
                $"The geometry spreads over more than {MostCellsOfPolygon} cells."))));
    }

    private enum IfTaken
    {
        Refuse,
        Queue,
    }
}
