using Registry.Storage.Tests.Postgres;

namespace Registry.Storage.Tests.Filters;

/// <summary>A fact that needs PostgreSQL with PostGIS.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgisFactAttribute : FactAttribute
{
    public PostgisFactAttribute() => Skip = PostgresServer.WhyNot ?? PostgresServer.WhyNotExtension("postgis");
}
