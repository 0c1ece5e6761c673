using Registry.Actors.Contracts;
using Registry.Core.Filters.Binding;
using Registry.Core.Ground;

namespace Registry.Gateway.Collections.Filtering;

/// <summary>A sheet with what it holds in numbers, as its Feature shows it.</summary>
/// <param name="Graticule">The graticule that its rectangle is of.</param>
/// <param name="Sheet">The sheet.</param>
/// <param name="Cells">How many cells of the jurisdiction it has.</param>
/// <param name="Figures">What it holds.</param>
internal sealed record SheetFigure(Graticule Graticule, SheetId Sheet, int Cells, SheetFigures Figures)
{
    /// <summary>By what sheets are filtered.</summary>
    public static Queryables<SheetFigure> Queryables { get; } = new(
    [
        new("id", QueryableType.Text, "The sheet's name.", figure => FilterValue.Of(figure.Sheet.ToString())),
        Number("cells", "Cells of the jurisdiction.", figure => figure.Cells),
        Number("claimedCells", "Cells that somebody claims.", figure => figure.Figures.ClaimedCells),
        Number("objects", "Objects that lie on it.", figure => figure.Figures.Objects),
        Number("holds", "Holds that are not settled yet.", figure => figure.Figures.Holds),
        Number("epoch", "Its epoch.", figure => figure.Figures.Epoch),
        new("geometry", QueryableType.Surface, "Its rectangle.", figure => FilterValue.Of(BoundingBox.Of(figure.Graticule, figure.Sheet).ToPolygon())),
    ]);

    private static QueryableProperty<SheetFigure> Number(string name, string description, Func<SheetFigure, double> value) =>
        new(name, QueryableType.Integer, description, figure => FilterValue.Of(value(figure)));
}
