using Registry.Gateway.Areas;
using Registry.Gateway.Cells;
using Registry.Gateway.Collections;
using Registry.Gateway.Deposits;
using Registry.Gateway.Development;
using Registry.Gateway.Documentation;
using Registry.Gateway.Erasures;
using Registry.Gateway.Health;
using Registry.Gateway.Imports;
using Registry.Gateway.LicenseBlocks;
using Registry.Gateway.Log;
using Registry.Gateway.Map;
using Registry.Gateway.OpenGround;
using Registry.Gateway.Parties;
using Registry.Gateway.Problems;
using Registry.Gateway.Statistics;
using Registry.Gateway.Tiles;
using Registry.Gateway.Verify;

namespace Registry.Gateway;

/// <summary>Every address of the registry, one line a subject.</summary>
internal static class Routes
{
    public static void MapRegistry(this WebApplication app)
    {
        app.MapHealth();
        app.MapProblems();
        app.MapLicenseBlocks();
        app.MapDeposits();
        app.MapAreas();
        app.MapParties();
        app.MapErasures();
        app.MapLog();
        app.MapCells();
        app.MapFreeAreas();
        app.MapCollections();
        app.MapImports();
        app.MapTiles();
        app.MapStatistics();
        app.MapVerify();
        app.MapTheMap();
        app.MapDocumentation();
        if (app.Environment.IsDevelopment())
            app.MapClock();
    }
}
