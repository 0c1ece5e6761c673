namespace Registry.Gateway.Cells;

/// <summary>The addresses under <c>/cells</c>.</summary>
public static class CellRoutes
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps the addresses.</summary>
    public static void MapCells(this IEndpointRouteBuilder routes)
    {
        var lookup = routes.ServiceProvider.GetRequiredService<CellLookup>();
        var free = routes.ServiceProvider.GetRequiredService<FreeGround>();
        routes.MapMethods("/cells/at", Methods, lookup.At);
        routes.MapMethods("/cells/free", Methods, free.Answer);
        routes.MapPost("/cells/check", routes.ServiceProvider.GetRequiredService<CellCheck>().Answer);
        routes.MapMethods("/cells/{code}", Methods, lookup.ByCode);
    }
}
