using Registry.Core;

namespace Registry.Gateway.Identity;

/// <summary>Who may use an address, by role. Whose object it is, the actors check.</summary>
internal static class Policies
{
    /// <summary>Applicants and registrars.</summary>
    public const string Files = "files";

    /// <summary>Registrars.</summary>
    public const string Registers = "registers";

    /// <summary>Registrars and operators.</summary>
    public const string Erases = "erases";

    /// <summary>Operators.</summary>
    public const string Operates = "operates";

    public static void AddPolicies(this IServiceCollection services) => services.AddAuthorizationBuilder()
        .AddPolicy(Files, policy => policy.RequireRole(nameof(Role.Applicant), nameof(Role.Registrar)))
        .AddPolicy(Registers, policy => policy.RequireRole(nameof(Role.Registrar)))
        .AddPolicy(Erases, policy => policy.RequireRole(nameof(Role.Registrar), nameof(Role.Operator)))
        .AddPolicy(Operates, policy => policy.RequireRole(nameof(Role.Operator)));
}
