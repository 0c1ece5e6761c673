using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Registry.Benchmarks.Opponent;

/// <summary>
/// What a .NET team would build instead: minimal endpoints of the same web server over Npgsql and PostGIS, one SQL statement a
/// question, which returns the finished answer. Run as a process of its own: <c>Registry.Benchmarks opponent --urls ...</c>.
/// </summary>
internal static class OpponentServer
{
    /// <summary>The first argument of the process that is the opponent.</summary>
    public const string Argument = "opponent";

    /// <summary>The environment variable that says how the database is reached.</summary>
    public const string Database = "OPPONENT_DATABASE";

    private const string Feature = """'{"type":"Feature","id":"' || id || '","geometry":' || ST_AsGeoJSON(geom, 7) || ',"properties":' || properties || '}'""";

    private const string Collection =
        """SELECT convert_to('{"type":"FeatureCollection","features":[' || coalesce(string_agg(feature, ','), '') || ']}', 'UTF8') FROM (SELECT """
        + Feature + " AS feature FROM license_block WHERE ";

    private const string ByPoint = """
        SELECT convert_to(coalesce((
            SELECT '{"status":"' || CASE status WHEN 'applied' THEN 'applied' ELSE 'granted' END || '","licenseBlock":"' || id || '"}'
            FROM license_block
            WHERE ST_Intersects(geom, ST_SetSRID(ST_MakePoint($1, $2), 4326)) AND status IN ('applied', 'queued', 'granted', 'suspended')
            ORDER BY sequence LIMIT 1), '{"status":"free"}'), 'UTF8')
        """;

    private const string ById = "SELECT convert_to(" + Feature + ", 'UTF8') FROM license_block WHERE id = $1";

    private const string ByBox = Collection + "geom && ST_MakeEnvelope($1, $2, $3, $4, 4326) AND ST_Intersects(geom, ST_MakeEnvelope($1, $2, $3, $4, 4326)) ORDER BY sequence LIMIT $5) AS found";

    private const string ByPolygon = Collection + "ST_Intersects(geom, ST_GeomFromText($1, 4326)) ORDER BY sequence LIMIT $2) AS found";

    private const string ByFilter =
        Collection + "ST_Intersects(geom, ST_GeomFromText($1, 4326)) AND status = $3 AND area_km2 > $4 ORDER BY sequence LIMIT $2) AS found";

    private const string Tile = """
        WITH tile AS (SELECT ST_TileEnvelope($1, $2, $3) AS box)
        SELECT (SELECT coalesce(ST_AsMVT(f, 'license-blocks', 4096, 'shape'), '') FROM
                   (SELECT id, kind, status, ST_AsMVTGeom(geom_3857, box, 4096, 64) AS shape FROM license_block, tile WHERE geom_3857 && box) AS f)
            || (SELECT coalesce(ST_AsMVT(f, 'deposits', 4096, 'shape'), '') FROM
                   (SELECT id, name, status, ST_AsMVTGeom(geom_3857, box, 4096, 64) AS shape FROM deposit, tile WHERE geom_3857 && box) AS f)
            || (SELECT coalesce(ST_AsMVT(f, 'cells', 4096, 'shape'), '') FROM
                   (SELECT status, license_block, ST_AsMVTGeom(geom_3857, box, 4096, 64) AS shape FROM cell, tile WHERE geom_3857 && box) AS f)
        """;

    /// <summary>Serves until the process is ended.</summary>
    public static async Task Run(string[] arguments)
    {
        var builder = WebApplication.CreateBuilder(arguments);
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        await using var database = NpgsqlDataSource.Create(Environment.GetEnvironmentVariable(Database)!);
        await using var app = builder.Build();
        app.MapGet("/healthz/ready", static () => "ready");
        app.MapGet("/cells/at", (double lon, double lat) => Ask(database, ByPoint, lon, lat));
        app.MapGet("/license-blocks/{id}", (string id) => Ask(database, ById, id));
        app.MapGet("/license-blocks", (HttpRequest request, int limit) => request.Query switch
        {
            _ when request.Query["bbox"] is [{ } box] => Ask(database, ByBox, [.. box.Split(',').Select(Number), limit]),
            _ when request.Query["status"] is [{ } status] =>
                Ask(database, ByFilter, request.Query["polygon"].ToString(), limit, status, Number(request.Query["larger"].ToString())),
            _ => Ask(database, ByPolygon, request.Query["polygon"].ToString(), limit),
        });
        app.MapGet("/tiles/{z:int}/{x:int}/{y:int}.mvt", (int z, int x, int y) => Ask(database, Tile, z, x, y));
        await app.RunAsync();
    }

    private static object Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static async Task<IResult> Ask(NpgsqlDataSource database, string sql, params object[] values)
    {
#pragma warning disable CA2100 // The texts are the constants above.
        await using var command = database.CreateCommand(sql);
#pragma warning restore CA2100
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? Results.Bytes(reader.GetFieldValue<byte[]>(0), "application/json") : Results.NotFound();
    }
}
