using Registry.Gateway.Answers;

namespace Registry.Gateway.Tiles;

/// <summary>The addresses of the map's tiles.</summary>
internal static class TileRoutes
{
    public static void MapTiles(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/tiles/{z}/{x}/{y}.mvt", static (HttpContext context, TileAnswer tiles) => tiles.Answer(context)).WithTags("Tiles").WithSummary("A tile");
        routes.MapRead("/tiles.json", static (HttpContext context, TileJson tiles) => tiles.Answer(context)).WithTags("Tiles").WithSummary("The tiles, described");
    }

    /// <summary>Registers what they need.</summary>
    public static void AddTiles(this IServiceCollection services)
    {
        services.AddSingleton(_ => new TileCache());
        services.AddSingleton<SheetVersions>();
        services.AddSingleton<JournalIdentity>();
        services.AddSingleton<TileSource>();
        services.AddSingleton<TileAnswer>();
        services.AddSingleton<TileJson>();
    }
}
