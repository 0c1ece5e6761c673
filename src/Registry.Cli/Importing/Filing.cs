using System.Security.Cryptography;
using System.Text;

namespace Registry.Cli.Importing;

/// <summary>One object that an import asks the registry to register. It is sent once, whatever number of rows speak of it.</summary>
/// <param name="Name">What the report calls the object.</param>
/// <param name="IdempotencyKey">The same for the same source record in every run.</param>
/// <param name="Body">
/// The JSON that is sent. The registry takes the same key with other bytes for another request: to write the members in another order
/// would make every import of an earlier release unrepeatable.
/// </param>
internal sealed record Filing(string Name, string IdempotencyKey, byte[] Body)
{
    private const int DigestCharacters = 40;

    /// <summary>The idempotency key of a source record: a digest, since keys are ASCII and records are called as they please.</summary>
    /// <param name="collection">Where the object goes: <c>deposits</c>.</param>
    /// <param name="record">The publisher's name of the record.</param>
    public static string KeyOf(string collection, string record) =>
        $"import-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{collection}\0{record}")))[..DigestCharacters]}";
}

/// <summary>What became of a filing.</summary>
internal enum FilingOutcome
{
    /// <summary>The registry has registered it.</summary>
    Registered,

    /// <summary>The registry had registered it before.</summary>
    AlreadyThere,

    /// <summary>The registry will not register it.</summary>
    Refused,

    /// <summary>It is not known, or the registry is at fault.</summary>
    Failed,
}

/// <summary>The registry's answer to a filing.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Id">The object's id; null when there is none.</param>
/// <param name="Why">Why it is not registered, or what is to be known besides; null when there is nothing to say.</param>
internal sealed record FilingAnswer(FilingOutcome Outcome, string? Id, string? Why);
