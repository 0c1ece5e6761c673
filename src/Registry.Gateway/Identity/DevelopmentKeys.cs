using Registry.Core;
using Registry.Core.Parties;

namespace Registry.Gateway.Identity;

/// <summary>
/// The keys that everybody knows, for the Development environment on loopback, see <see cref="Registry.Hosting.LocalRequest"/>. They
/// are never in the journal, so a journal made in development opens nothing when it is served elsewhere.
/// </summary>
internal sealed class DevelopmentKeys
{
    private static readonly (string Key, Role Role, string? Party)[] All =
    [
        ("dev-applicant-a", Role.Applicant, "party-dev-a"),
        ("dev-applicant-b", Role.Applicant, "party-dev-b"),
        ("dev-registrar", Role.Registrar, null),
        ("dev-operator", Role.Operator, null),
    ];

    private volatile Dictionary<string, RegistryPrincipal> _inForce = [];

    /// <summary>The parties for which the two applicants act.</summary>
    public static IReadOnlyList<PartyState> Parties { get; } =
    [
        new() { Id = "party-dev-a", Name = "Altyn Test Exploration (made up)", Kind = PartyKind.Company, Country = "KZ" },
        new() { Id = "party-dev-b", Name = "Borealis Test Minerals (made up)", Kind = PartyKind.Company, Country = "CA" },
    ];

    /// <summary>Puts the keys in force.</summary>
    public void PutInForce() => _inForce = All.ToDictionary(
        item => item.Key,
        item => new RegistryPrincipal(new Caller(item.Key, item.Role, item.Party), ApiKeyHandler.Name));

    /// <summary>Whom a key stands for; null when it is none of these, or they are not in force.</summary>
    public RegistryPrincipal? Find(string key) => _inForce.GetValueOrDefault(key);
}
