namespace Registry.Gateway.Imports;

/// <summary>Sets up what imports need.</summary>
internal static class ImportSetup
{
    public static void AddImports(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ImportIntake>();
        builder.Services.AddSingleton<ImportLookup>();
        builder.Services.AddHostedService<ImportLoop>();
    }
}
