using Registry.Gateway.Cells;
using Registry.Gateway.Collections;

namespace Registry.Gateway;

/// <summary>What the addresses that read need. The law, the actors and the clock are registered by the host.</summary>
public static class ReadingSetup
{
    /// <summary>Registers it.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="dataDirectory">Where the key of page tokens is kept.</param>
    public static void AddReading(this IServiceCollection services, string dataDirectory)
    {
        services.AddSingleton(_ => new PageTokens(PageKeyFile.LoadOrCreate(dataDirectory)));
        services.AddSingleton<SheetPlan>();
        services.AddSingleton<CollectionPages>();
        services.AddSingleton<CollectionItems>();
        services.AddSingleton<SheetFeatures>();
        services.AddSingleton<ObjectFeatures>();
        services.AddSingleton<CellWriter>();
        services.AddSingleton<CellLookup>();
        services.AddSingleton<FreeGround>();
        services.AddSingleton<CellCheck>();
    }
}
