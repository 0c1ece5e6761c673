using Registry.Actors.Features;

namespace Registry.Gateway.Imports;

/// <summary>Sets up what imports need.</summary>
internal static class ImportSetup
{
    public static void AddImports(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<JointRegistration>();
        builder.Services.AddSingleton<FeatureFiling>();
        builder.Services.AddSingleton<ImportRun>();
        builder.Services.AddSingleton<ImportJobs>();
    }
}
