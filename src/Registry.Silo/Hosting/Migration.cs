using Registry.Grains.Hosting;
using Registry.Hosting;
using Registry.Storage.Postgres;

namespace Registry.Silo.Hosting;

/// <summary>
/// <c>migrate</c>: brings the tables to today's form and ends. By the role of <c>ConnectionStrings__Migration</c>, where it is set: the
/// tables are then that role's, and the role of <c>ConnectionStrings__Registry</c>, by which silos and gateways serve, gets what it needs of
/// them. So no process that anybody reaches knows a password by which entries can be changed.
/// </summary>
internal static class Migration
{
    /// <summary>The word that asks for it.</summary>
    public const string Word = "migrate";

    /// <summary>Migrates, as soon as the database answers.</summary>
    /// <exception cref="SettingException">It is not set up for it, or was asked to end before.</exception>
    public static async Task Run(IConfiguration configuration)
    {
        var serving = configuration.GetConnectionString("Registry")
            ?? throw new SettingException("ConnectionStrings__Registry does not say where the database is.");
        var owner = configuration.GetConnectionString("Migration") is { Length: > 0 } given ? given : null;
        _ = await AwaitedDatabase.Open(
            async () =>
            {
                if (owner is not null)
                    await TakeOver(owner, serving);
                await PostgresJournal.Migrate(owner ?? serving);
                await MembershipSchema.Create(owner ?? serving, CancellationToken.None);
                if (owner is not null)
                    await ServingRole.Grant(owner, serving, MembershipSchema.Grants);
                return "";
            },
            fault => Console.Error.WriteLine($"The database does not answer yet: {fault}"))
            ?? throw new SettingException("The migration was asked to end while it waited for its database.");
        Console.WriteLine("The tables are up to date.");
    }

    private static async Task TakeOver(string owner, string serving)
    {
        try
        {
            await Ownership.Take(owner, serving, "registry", MembershipSchema.Name);
        }
        catch (ArgumentException fault)
        {
            throw new SettingException(fault.Message);
        }
    }
}
