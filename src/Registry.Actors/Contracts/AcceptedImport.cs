using System.Text.Json;
using System.Text.Json.Serialization;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Deposits;
using Registry.Core.GeoJson;
using Registry.Core.Titles;

namespace Registry.Actors.Contracts;

/// <summary>What an import asks for, and who asks.</summary>
/// <param name="Collection">What the features are: license blocks or deposits.</param>
/// <param name="Mode">What happens to the others when one is refused.</param>
/// <param name="Format">The name of the file's format.</param>
/// <param name="Caller">Who asks.</param>
/// <param name="BegunAt">When it was taken.</param>
/// <param name="Total">How many features its content has.</param>
/// <param name="Unread">Properties of the file that have no meaning here.</param>
/// <param name="Unreadable">Why the file could not be read to its end, so that nothing of it is registered; null when it could.</param>
public sealed record AcceptedImport(
    Collection Collection,
    ImportMode Mode,
    string Format,
    Caller Caller,
    DateTimeOffset BegunAt,
    long Total,
    IReadOnlyList<string> Unread,
    Refusal? Unreadable)
{
    /// <summary>As it is kept.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, ImportJson.Default.AcceptedImport);

    /// <summary>What <see cref="ToBytes"/> wrote.</summary>
    public static AcceptedImport Of(byte[] bytes) => JsonSerializer.Deserialize(bytes, ImportJson.Default.AcceptedImport)!;
}

/// <summary>What happens to the other features of a file when one is refused.</summary>
public enum ImportMode
{
    /// <summary>They are registered: each feature stands for itself.</summary>
    Feature,

    /// <summary>None is registered: all of them are in one transaction.</summary>
    File,
}

/// <summary>A feature of an import, read and checked as far as it can be by itself: what is to be registered, or why nothing can be.</summary>
/// <param name="Index">Its place in the file, from 0.</param>
/// <param name="FeatureId">What the file calls it; null where it has no name.</param>
/// <param name="Id">The id of the object that it becomes.</param>
/// <param name="Key">The <see cref="RequestKey.Id"/> under which it is registered.</param>
public sealed record ImportItem(long Index, string? FeatureId, string Id, string Key)
{
    /// <summary>The application that it is.</summary>
    public Apply? Application { get; init; }

    /// <summary>The deposit that it is.</summary>
    public DepositState? Deposit { get; init; }

    /// <summary>Why it is neither; pointers are relative to the feature.</summary>
    public Refusal? Refusal { get; init; }
}

/// <summary>How imports are written where they are kept.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    Converters = [typeof(GeometryJsonConverter)])]
[JsonSerializable(typeof(AcceptedImport))]
[JsonSerializable(typeof(IReadOnlyList<ImportItem>))]
[JsonSerializable(typeof(ImportReport))]
internal sealed partial class ImportJson : JsonSerializerContext;
