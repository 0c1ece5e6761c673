using System.Text.Json;
using Registry.Actors.Contracts;
using Registry.Actors.Ground.Objects;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Deposits;
using Registry.Core.Features;
using Registry.Core.Ground;
using Registry.Core.Law;
using Registry.Core.Titles;
using Registry.Gateway.Objects;
using Registry.Gateway.Past;

namespace Registry.Gateway.Collections;

/// <summary>Single objects as Features, asked of the objects themselves, or of the journal for how they stood.</summary>
/// <param name="actors">How to reach them.</param>
/// <param name="regime">The law, for the names and areas of cells.</param>
/// <param name="past">The register as it stood.</param>
public sealed class ObjectFeatures(IActors actors, Regime regime, PastRegister past)
{
    private const int MostAsked = 64;

    /// <summary>One object as a Feature in UTF-8; null when there is no such object in the collection.</summary>
    /// <exception cref="ActorUnavailableException">The object did not answer.</exception>
    public async Task<byte[]?> Find(Collection collection, string id, bool withCells, AsAt? asAt) => collection switch
    {
        _ when !ObjectId.IsPossible(collection, id) => null,
        Collection.LicenseBlocks => await LicenseBlock(id, withCells, asAt),
        Collection.Deposits => await (asAt is { } at ? past.Deposit(id, at) : actors.Deposit(id).Get()) is { } deposit
            ? await Encode(deposit, asAt)
            : null,
        Collection.Areas => await (asAt is { } at ? past.Area(id, at) : actors.Area(id).Get()) is { } area
            ? FeatureWriter.Encode(area)
            : null,
        _ => throw new ArgumentOutOfRangeException(nameof(collection), collection, "Not a collection of features."),
    };

    /// <summary>The same license blocks with their cells named, each asked of the license block itself; at most 64 are asked at once.</summary>
    /// <param name="features">License blocks as their sheets keep them, without cells.</param>
    /// <param name="asAt">The instant as at which the sheets gave them; null for now.</param>
    /// <param name="stop">The client has left: no further one is asked.</param>
    /// <exception cref="ActorUnavailableException">A license block did not answer.</exception>
    public async Task<IReadOnlyList<byte[]>> WithCells(IReadOnlyList<byte[]> features, AsAt? asAt, CancellationToken stop)
    {
        var open = new Task<byte[]?>[features.Count];
        var named = new byte[features.Count][];
        for (var i = 0; i < features.Count + MostAsked; i++)
        {
            if (i >= MostAsked && i - MostAsked < features.Count)
                named[i - MostAsked] = await open[i - MostAsked] ?? features[i - MostAsked];
            stop.ThrowIfCancellationRequested();
            if (i < features.Count)
                open[i] = LicenseBlock(IdOf(features[i]), withCells: true, asAt);
        }

        return named;
    }

    private Task<byte[]?> LicenseBlock(string id, bool withCells, AsAt? asAt) =>
        asAt is { } at ? Encode(past.LicenseBlock(id, at), withCells)
        : withCells ? Encode(actors.LicenseBlock(id).Get(), withCells)
        : actors.LicenseBlock(id).Feature();

    private async Task<byte[]?> Encode(Task<Registered<LicenseBlockState>?> found, bool withCells) =>
        await found is { } title ? FeatureWriter.Encode(regime, title, withCells) : null;

    /// <summary>
    /// A deposit names the license blocks whose ground holds it, which its sheet knows: the sheet's own encoding is taken. A deposit
    /// outside the jurisdiction is on no sheet, and on no license block.
    /// </summary>
    private async Task<byte[]> Encode(Registered<DepositState> deposit, AsAt? asAt)
    {
        var sheets = SheetsOf.Deposit(regime, deposit.State);
        if (sheets.Count > 0)
        {
            var place = deposit.First.Sequence;
            var query = new SheetQuery(Collection.Deposits, BoundingBox.Of(deposit.State.Geometry), place - 1, Limit: 1) { AsAt = asAt?.Cut };
            var page = await actors.Sheet(sheets[0]).Query(query);
            if (page.Last == place)
                return page.Features[0];
        }

        return FeatureWriter.Encode(deposit, []);
    }

    private static string IdOf(byte[] feature)
    {
        var parts = new Utf8JsonReader(feature);
        parts.Read();
        while (parts.Read() && parts.TokenType == JsonTokenType.PropertyName)
        {
            var isId = parts.ValueTextEquals("id"u8);
            parts.Read();
            if (isId)
                return parts.GetString()!;
            parts.Skip();
        }

        throw new InvalidDataException("A sheet gave a feature without an id.");
    }
}
