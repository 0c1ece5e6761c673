using System.Text.Json;
using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Core.Ground;
using Registry.Formats.VectorTile;

namespace Registry.Gateway.Tests.Tiles;

/// <summary>Tiles of the full country, decoded by the reference decoder, against what the sheets answer to a query over the same ground.</summary>
[Collection(OneFullCountry.Name)]
public class TileContentTests(FullCountry country)
{
    private static readonly Graticule Graticule = FullCountry.Regime.Graticule;

    [DecoderFact]
    public async Task Tiles_hold_what_the_query_holds()
    {
        var tiles = new List<(TileAddress Address, byte[] Bytes)>();
        foreach (var address in Chosen())
            tiles.Add((address, (await country.Tiles.Get(address)).Bytes));
        Assert.True(tiles.Count > 500, $"{tiles.Count} tiles.");
        var decoded = IndependentDecoder.Decode(tiles);
        var (drawn, counted, cells) = (0, 0L, 0);
        foreach (var (address, _) in tiles)
        {
            var layers = decoded[address];
            foreach (var (name, collection) in ((string, Collection)[])
                [("license-blocks", Collection.LicenseBlocks), ("deposits", Collection.Deposits), ("areas", Collection.Areas)])
            {
                var features = Layer(layers, name);
                drawn += features.Count(HasId);
                counted += features.Where(feature => !HasId(feature)).Sum(Count);
                await Check(address, collection, features);
            }

            cells += await CheckCells(address, Layer(layers, "cells"));
        }

        Assert.True(drawn > 20_000 && counted > 50_000 && cells > 50_000, $"{drawn} drawn, {counted} counted, {cells} cells.");
    }

    /// <summary>All tiles of zooms 0 to 5, and many below that lie anywhere.</summary>
    private IEnumerable<TileAddress> Chosen()
    {
        var random = new Random(9);
        return Enumerable.Range(0, 6).SelectMany(country.TilesOf)
            .Concat(Enumerable.Range(0, 520).Select(i => country.AnyTile(6 + (i % 10), random)))
            .Distinct();
    }

    private async Task Check(TileAddress address, Collection collection, List<JsonElement> features)
    {
        var frame = new TileFrame(address);
        // What lies within a unit of the edge of the buffer may be drawn or not: it is less than the rounding.
        var outer = await Query(collection, address.Ground());
        var inner = await Query(collection, Box(frame, TileFrame.Least + 1, TileFrame.Most - 1));
        var drawn = features.Where(HasId).Select(Id).ToList();
        Assert.Equal(drawn.Count, drawn.Distinct().Count());
        Assert.All(drawn, id => Assert.True(outer.ContainsKey(id), $"{address} draws {id}, which does not lie there."));
        Assert.All(features.Where(HasId), feature =>
            Assert.Equal(outer[Id(feature)].GetProperty(StatusKey(collection)).GetString(), Text(feature, StatusKey(collection))));

        // Whatever is not drawn is counted, on the tile that holds its place.
        var missing = outer.Where(pair => !drawn.Contains(pair.Key) && IsPlacedIn(frame, collection, pair.Key, pair.Value)).ToList();
        foreach (var status in missing.Select(pair => pair.Value.GetProperty(StatusKey(collection)).GetString()!)
            .Union(features.Where(feature => !HasId(feature)).Select(feature => Text(feature, StatusKey(collection))!)))
        {
            var counts = features.Where(feature => !HasId(feature) && Text(feature, StatusKey(collection)) == status).ToList();
            var expected = missing.Where(pair => pair.Value.GetProperty(StatusKey(collection)).GetString() == status).ToList();
            Assert.Equal(expected.Count, counts.Sum(Count));
            if (collection == Collection.LicenseBlocks)
                Assert.Equal(expected.Sum(pair => country.Cells[pair.Key].Count), counts.Sum(feature => feature.GetProperty("properties").GetProperty("cells").GetInt64()));
        }

        // From zoom 8 on nothing is smaller than a pixel, and everything fits.
        if (address.Zoom >= 8)
            Assert.Empty(inner.Keys.Except(drawn));
    }

    private async Task<int> CheckCells(TileAddress address, List<JsonElement> features)
    {
        if (address.Zoom < 9)
        {
            Assert.Empty(features);
            return 0;
        }

        var frame = new TileFrame(address);
        var drawn = features.ToDictionary(feature => new Cell((uint)(feature.GetProperty("id").GetInt64() - 1)));
        var inner = CellsIn(Box(frame, TileFrame.Least + 1, TileFrame.Most - 1));
        var outer = CellsIn(address.Ground());
        Assert.True(drawn.Keys.All(outer.Contains) && inner.All(drawn.ContainsKey), $"{address} draws other cells than it shows.");
        foreach (var sheet in CellSet.Of(drawn.Keys).GroupBy(Graticule.SheetOf))
        {
            foreach (var view in await country.Actors.Sheet(sheet.Key).LookAll(CellSet.Of(sheet)))
            {
                var feature = drawn[view.Cell];
                Assert.Equal(view.Status.ToString(), Text(feature, "status"), ignoreCase: true);
                Assert.Equal(view.LicenseBlock, Text(feature, "licenseBlock"));
                Assert.Equal(address.Zoom >= 12 ? FullCountry.Regime.Scheme.Format(view.Cell) : null, Text(feature, "code"));
            }
        }

        return drawn.Count;
    }

    private async Task<Dictionary<string, JsonElement>> Query(Collection collection, BoundingBox box)
    {
        var found = new Dictionary<string, JsonElement>();
        foreach (var sheet in country.Plan.Touched(box))
        {
            var page = await country.Actors.Sheet(sheet).Query(new SheetQuery(collection, box, 0, int.MaxValue));
            foreach (var feature in page.Features.Select(bytes => JsonDocument.Parse(bytes).RootElement))
                found.Add(feature.GetProperty("id").GetString()!, Placed(feature));
        }

        return found;
    }

    // The properties, with the first position beside them.
    private static JsonElement Placed(JsonElement feature) => JsonSerializer.SerializeToElement(
        feature.GetProperty("properties").EnumerateObject().ToDictionary(member => member.Name, member => (object)member.Value)
            .Append(new("at", feature.GetProperty("geometry"))).ToDictionary());

    private bool IsPlacedIn(TileFrame frame, Collection collection, string id, JsonElement properties)
    {
        var (longitude, latitude) = collection switch
        {
            Collection.LicenseBlocks => MiddleOf(country.Cells[id]),
            Collection.Deposits => Point(properties.GetProperty("at").GetProperty("coordinates")),
            _ => InsideOf(properties.GetProperty("at")),
        };
        return TileFrame.Holds(frame.X(longitude), frame.Y(latitude));
    }

    private static (double Longitude, double Latitude) MiddleOf(CellSet cells)
    {
        var box = BoundingBox.Of(Graticule, cells[cells.Count / 2]);
        return ((box.West + box.East) / 2, (box.South + box.North) / 2);
    }

    private static (double Longitude, double Latitude) Point(JsonElement position) => (position[0].GetDouble(), position[1].GetDouble());

    private static (double Longitude, double Latitude) InsideOf(JsonElement geometry)
    {
        var inside = Core.GeoJson.GeometryReader.Read(geometry, Core.GeoJson.GeoJsonLimits.Default, Core.GeoJson.GeometryTypes.Areas).Geometry!.InteriorPoint;
        return (inside.X, inside.Y);
    }

    private static HashSet<Cell> CellsIn(BoundingBox box)
    {
        var (south, west) = (Graticule.RowsFromSouthPole(box.South), Graticule.ColumnsFromAntimeridian(box.West));
        var (north, east) = (Graticule.RowsFromSouthPole(box.North), Graticule.ColumnsFromAntimeridian(box.East));
        return [.. from row in Enumerable.Range((int)south, (int)Math.Ceiling(north) - (int)south)
            from column in Enumerable.Range((int)west, (int)Math.Ceiling(east) - (int)west)
            let cell = Graticule.CellOf(row, column)
            where FullCountry.Regime.Jurisdiction.Contains(cell)
            select cell];
    }

    private static BoundingBox Box(TileFrame frame, double least, double most) =>
        new(frame.Longitude(least), frame.Latitude(most), frame.Longitude(most), frame.Latitude(least));

    private static List<JsonElement> Layer(JsonElement layers, string name) =>
        layers.TryGetProperty(name, out var layer) ? [.. layer.EnumerateArray()] : [];

    private static string StatusKey(Collection collection) => collection == Collection.Areas ? "effect" : "status";

    private static bool HasId(JsonElement feature) => feature.GetProperty("properties").TryGetProperty("id", out _);

    private static string Id(JsonElement feature) => Text(feature, "id")!;

    private static long Count(JsonElement feature) => feature.GetProperty("properties").GetProperty("count").GetInt64();

    private static string? Text(JsonElement feature, string key) =>
        feature.GetProperty("properties").TryGetProperty(key, out var value) ? value.GetString() : null;
}
