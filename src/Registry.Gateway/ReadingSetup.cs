using Registry.Gateway.Cells;
using Registry.Gateway.Collections;
using Registry.Gateway.Collections.Paging;
using Registry.Gateway.Costs;
using Registry.Gateway.Documentation;
using Registry.Gateway.Hosting;
using Registry.Gateway.Map;
using Registry.Gateway.OpenGround;
using Registry.Gateway.Past;
using Registry.Gateway.Sheets;
using Registry.Gateway.Tiles;
using Registry.Storage.Postgres;

namespace Registry.Gateway;

/// <summary>What the addresses that read need. The law, the journal, the actors and the clock are registered by the host.</summary>
public static class ReadingSetup
{
    /// <summary>Registers it.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="settings">Say where page tokens get their key from.</param>
    public static void AddReading(this IServiceCollection services, RegistrySettings settings)
    {
        // Waited for, once, as the journal itself is.
        services.AddSingleton(provider => new PageTokens(settings.Postgres is not null
            ? provider.GetRequiredService<PostgresJournal>().Secret("page-tokens").GetAwaiter().GetResult()
            : PageKeyFile.LoadOrCreate(settings.DataDirectory)));
        services.AddSingleton<CostlyTurns>();
        services.AddSingleton<SheetPlan>();
        services.AddSingleton<PastRegister>();
        services.AddSingleton<CollectionPages>();
        services.AddSingleton<CollectionWalk>();
        services.AddSingleton<CollectionItems>();
        services.AddSingleton<CollectionExport>();
        services.AddSingleton<CollectionSearch>();
        services.AddSingleton<SheetFeatures>();
        services.AddSingleton<ObjectFeatures>();
        services.AddSingleton<CellWriter>();
        services.AddSingleton<CellLookup>();
        services.AddSingleton<FreeGround>();
        services.AddSingleton<CellCheck>();
        services.AddSingleton<FreeAreaSearch>();
        services.AddSingleton<Contract>();
        services.AddTiles();
        services.AddMap();
    }

    /// <summary>
    /// Makes, before the registry listens, what takes its time or may fail: the key of page tokens, and the numbers of cells of each sheet; and
    /// the turns of costly requests, which are counted from the beginning.
    /// </summary>
    public static void PrepareReading(this WebApplication app)
    {
        app.Services.GetRequiredService<PageTokens>();
        app.Services.GetRequiredService<SheetFeatures>();
        app.Services.GetRequiredService<CostlyTurns>();
    }
}
