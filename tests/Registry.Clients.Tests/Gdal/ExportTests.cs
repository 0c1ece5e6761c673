namespace Registry.Clients.Tests.Gdal;

/// <summary>GDAL reads the files that the registry exports, and finds the same in all of them.</summary>
[Collection(OneCountry.Name)]
public sealed class ExportTests(FullCountry country)
{
    [GdalTheory]
    [InlineData("license-blocks", "fgb", "number", "kind", "status", "holder.name", "cellCount", "areaKm2", "sequence", "grantedOn", "version")]
    [InlineData("license-blocks", "csv", "number", "kind", "status", "holder.name", "cellCount", "areaKm2", "sequence", "grantedOn", "version")]
    [InlineData("license-blocks", "geojson", "number", "kind", "status", "cellCount", "areaKm2", "sequence", "grantedOn", "version")]
    [InlineData("license-blocks", "geojsonseq", "number", "kind", "status", "cellCount", "areaKm2", "sequence", "grantedOn", "version")]
    [InlineData("deposits", "fgb", "name", "status", "version")]
    [InlineData("deposits", "csv", "name", "status", "version")]
    [InlineData("areas", "fgb", "name", "effect", "bufferMetres", "legalBasis", "cellCount", "version")]
    [InlineData("areas", "csv", "name", "effect", "bufferMetres", "legalBasis", "cellCount", "version")]
    [InlineData("sheets", "fgb", "cells", "claimedCells", "objects")]
    [InlineData("sheets", "csv", "cells", "claimedCells", "objects")]
    public async Task A_file_holds_what_the_collection_holds(string collection, string format, params string[] properties)
    {
        var file = await country.Save($"/collections/{collection}/export?f={format}", $"{collection}.{format}");
        // CSV cannot tell what is missing from what is empty.
        string[] options = format == "csv" ? ["-oo", "EMPTY_STRING_AS_NULL=YES"] : [];
        var read = Features.Read(await GdalTools.Run(
            "ogr2ogr", ["-f", "GeoJSONSeq", "/vsistdout/", file, "-lco", "COORDINATE_PRECISION=9", .. options]));
        var own = Features.Read(await country.Client.GetStringAsync(
            new Uri($"/collections/{collection}/export?f=geojsonseq", UriKind.Relative)));
        read.AreThoseOf(own, 1e-7, properties);
    }

    [GdalFact]
    public async Task A_FlatGeobuf_file_names_its_reference_system()
    {
        var file = await country.Save("/collections/license-blocks/export?f=fgb&crs=http://www.opengis.net/def/crs/EPSG/0/32643", "zone43.fgb");
        Assert.Contains("EPSG\",32643", await GdalTools.Run("ogrinfo", "-al", "-so", file), StringComparison.Ordinal);
    }
}
