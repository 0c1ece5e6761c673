using System.Text.Json;
using Registry.Actors.Contracts;
using Registry.Core.Ground;
using Registry.Core.Law;
using Registry.Gateway.Answers;

namespace Registry.Gateway.Cells;

/// <summary>Writes cells as the HTTP contract shows them.</summary>
public sealed class CellWriter
{
    private const int AreaDecimals = 6;

    private readonly Regime _regime;
    private readonly double[] _areaKm2ByRow;

    /// <param name="regime">The law, for the names and sizes of cells.</param>
    public CellWriter(Regime regime)
    {
        _regime = regime;
        _areaKm2ByRow = new double[regime.Graticule.Rows];
        for (var row = 0; row < _areaKm2ByRow.Length; row++)
            _areaKm2ByRow[row] = Math.Round(CellArea.RowKm2(regime.Graticule, row), AreaDecimals);
    }

    /// <summary>Writes one cell as an object of its own. Members that say nothing are null or empty, never left out.</summary>
    public void Write(Utf8JsonWriter json, CellView view)
    {
        json.WriteStartObject();
        WriteNames(json, view.Cell);
        json.WriteString("sheet"u8, _regime.Graticule.SheetOf(view.Cell).ToString());
        json.WritePropertyName("geometry"u8);
        GridRectangle.Write(json, _regime.Graticule, view.Cell);
        WriteArea(json, view.Cell);
        WriteClaims(json, view);
        json.WriteEndObject();
    }

    /// <summary>Writes one cell as a GeoJSON Feature.</summary>
    public void WriteFeature(Utf8JsonWriter json, Cell cell)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "Feature"u8);
        json.WriteString("id"u8, CellNames.SchemeOf(_regime, cell)?.Alias(cell));
        json.WritePropertyName("geometry"u8);
        GridRectangle.Write(json, _regime.Graticule, cell);
        json.WriteStartObject("properties"u8);
        WriteNames(json, cell);
        WriteArea(json, cell);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Writes <c>code</c> and <c>alias</c>; null where no scheme names the cell.</summary>
    public void WriteNames(Utf8JsonWriter json, Cell cell)
    {
        var scheme = CellNames.SchemeOf(_regime, cell);
        json.WriteString("code"u8, scheme?.Format(cell));
        json.WriteString("alias"u8, scheme?.Alias(cell));
    }

    /// <summary>Writes <c>status</c>, <c>licenseBlock</c>, <c>queue</c> and, where one excludes the cell, <c>area</c>.</summary>
    public static void WriteClaims(Utf8JsonWriter json, CellView view)
    {
        json.WriteString("status"u8, Words.Of(view.Status));
        json.WriteString("licenseBlock"u8, view.LicenseBlock);
        json.WriteStartArray("queue"u8);
        for (var i = 0; i < view.Queue.Count; i++)
            json.WriteStringValue(view.Queue[i]);
        json.WriteEndArray();
        if (view.Area is { } area)
            json.WriteString("area"u8, area);
    }

    private void WriteArea(Utf8JsonWriter json, Cell cell) => json.WriteNumber("areaKm2"u8, _areaKm2ByRow[_regime.Graticule.Row(cell)]);
}
