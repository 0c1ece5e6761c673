using System.Globalization;
using Registry.Core;
using Registry.Core.GeoJson;
using Registry.Core.Ground;
using Registry.Core.Law;
using Registry.Gateway.Answers;
using Registry.Gateway.Requests;

namespace Registry.Gateway.Cells;

/// <summary>The body of <c>POST /cells/check</c>: the ground of an application, without who files it.</summary>
/// <param name="Cells">The ground, or the cells that a polygon touches.</param>
/// <param name="Kind">What the license block would be for.</param>
/// <param name="OverCells">Whether the cells are the ground itself, and not a polygon.</param>
/// <param name="QueueIfTaken">Whether the application would stand in line over ground under another's undecided application.</param>
internal sealed record CheckForm(CellSet Cells, LicenseBlockKind Kind, bool OverCells, bool QueueIfTaken)
{
    /// <summary>The most cells that are looked at in one request.</summary>
    public const int MostCells = 5_000;

    /// <summary>Reads the form. The kind is exploration where none is named.</summary>
    /// <returns>Null when something is at fault; the body's faults then say what.</returns>
    public static CheckForm? Read(Members body, Regime regime)
    {
        var kind = body.Choice<LicenseBlockKind>("kind", required: false) ?? LicenseBlockKind.Exploration;
        var ifTaken = body.Choice<IfTaken>("ifTaken", required: false) ?? IfTaken.Refuse;
        var overCells = kind is LicenseBlockKind.Exploration or LicenseBlockKind.GeologicalStudy;
        var hasCells = body.Has("cells");
        if (body.IsObject && hasCells == body.Has("geometry"))
            body.Faults.Add("", "The ground is named by cells or by geometry: exactly one of them.");
        if (hasCells && !overCells)
            body.Refuse("cells", $"The ground of kind {Words.Of(kind)} is a polygon: give it as geometry.");
        if (!body.Faults.IsEmpty)
            return null;
        var cells = hasCells ? body.Cells("cells") : Snap(body, regime, overCells);
        if (cells.Count > MostCells)
            body.Refuse(hasCells ? "cells" : "geometry", TooMany());
        return new CheckForm(cells, kind, overCells, ifTaken == IfTaken.Queue);
    }

    private static CellSet Snap(Members body, Regime regime, bool overCells)
    {
        if (body.Geometry("geometry", GeometryTypes.Areas, touching: overCells ? TouchingParts.United : TouchingParts.Refused) is not { } geometry)
            return CellSet.Empty;
        var snapped = Snapping.Snap(regime.Graticule, geometry, overCells ? SnapRule.Covered : SnapRule.Touched, MostCells);
        if (snapped.End != SnapEnd.Complete)
            body.Refuse("geometry", TooMany());
        return snapped.Cells;
    }

    private static string TooMany() =>
        string.Create(CultureInfo.InvariantCulture, $"At most {MostCells} cells are looked at in one request.");

    private enum IfTaken
    {
        Refuse,
        Queue,
    }
}
