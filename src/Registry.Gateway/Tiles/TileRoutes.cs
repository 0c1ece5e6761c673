namespace Registry.Gateway.Tiles;

/// <summary>The addresses of the map's tiles.</summary>
public static class TileRoutes
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps the addresses.</summary>
    public static void MapTiles(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/tiles/{z}/{x}/{y}.mvt", Methods, routes.ServiceProvider.GetRequiredService<TileAnswer>().Answer);
        routes.MapMethods("/tiles.json", Methods, routes.ServiceProvider.GetRequiredService<TileJson>().Answer);
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
