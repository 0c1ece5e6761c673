namespace Registry.Core;

/// <summary>What a caller may do.</summary>
public enum Role
{
    /// <summary>Applies for ground and holds it, for one party.</summary>
    Applicant,

    /// <summary>Decides applications and keeps deposits, areas and parties.</summary>
    Registrar,

    /// <summary>Runs the cluster; decides nothing.</summary>
    Operator,

    /// <summary>The registry itself, when a deadline falls due.</summary>
    Registry,
}

/// <summary>Who asks.</summary>
/// <param name="Name">The name that is written into the journal: of a key or of a user, never a secret.</param>
/// <param name="Role">What the caller may do.</param>
/// <param name="Party">The id of the party that an applicant acts for.</param>
public sealed record Caller(string Name, Role Role, string? Party = null)
{
    /// <summary>
    /// Whom what is private belongs to: imports, idempotency keys. Of an applicant it is the party, whatever the name of the key, so that a
    /// party that changes its key keeps what it began; of who acts for no party it is the role and the name.
    /// </summary>
    /// <remarks>The parts are told apart by a zero character, which is in no name and no id.</remarks>
    public string Owner => Party is null ? $"{Role}\0{Name}" : $"{Role}\0\0{Party}";

    /// <summary>The registry itself.</summary>
    public static Caller Registry { get; } = new("registry", Role.Registry);
}
