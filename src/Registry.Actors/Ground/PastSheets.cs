using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Registry.Actors.Contracts;
using Registry.Core.Filters;
using Registry.Core.Filters.Json;
using Registry.Core.Ground;

namespace Registry.Actors.Ground;

/// <summary>
/// Sheets as they stood, kept for the next question; one for all the sheets of a process, so that what they keep of the past has
/// one bound, which is below what a whole country takes.
/// </summary>
/// <remarks>
/// The past does not change, but for what is erased; an erasure has the sheets that it concerns activated anew, and each activation finds only
/// what it kept itself. So nothing here is ever out of date, and what is let go of is read from the journal again. Numbers of matches are kept apart from the objects: a page of a collection asks every sheet how many match, and one for objects.
/// </remarks>
/// <param name="mostBytes">The most that the kept sheets may take, by <see cref="SheetPast.Bytes"/>.</param>
public sealed class PastSheets(long mostBytes = PastSheets.DefaultMostBytes)
{
    /// <summary>64 MB: some fifteen well filled sheets.</summary>
    public const long DefaultMostBytes = 64 << 20;

    private const int MostAnswers = 10_000;
    private const int MostStatistics = 1_000;
    private const int MostMadeAtOnce = 2;

    private readonly Recent<PastPlace, SheetPast> _sheets = new(mostBytes);
    private readonly Recent<PastCount, SheetPage> _answers = new(MostAnswers);
    private readonly Recent<PastPlace, SheetStatistics> _statistics = new(MostStatistics);

    /// <summary>What the kept sheets take, in bytes.</summary>
    public long Bytes => _sheets.Weight;

    /// <summary>To be entered before a sheet of the past is read: what is being read counts for no bound.</summary>
    internal SemaphoreSlim Making { get; } = new(MostMadeAtOnce, MostMadeAtOnce);

    /// <summary>Finds a sheet as it stood after an entry.</summary>
    internal bool TryFind(PastPlace place, [MaybeNullWhen(false)] out SheetPast past) => _sheets.TryFind(place, out past);

    /// <summary>Keeps a sheet as it stood after an entry.</summary>
    internal void Keep(PastPlace place, SheetPast past)
    {
        _sheets.Keep(place, past, past.Bytes);
        if (past.Counted is { } counted)
            _statistics.Keep(place, counted, 1);
    }

    /// <summary>Finds what was counted on a sheet as it stood after an entry.</summary>
    internal bool TryFind(PastPlace place, [MaybeNullWhen(false)] out SheetStatistics statistics) =>
        _statistics.TryFind(place, out statistics);

    /// <summary>Finds the answer to a question for numbers alone.</summary>
    internal bool TryFind(PastCount asked, [MaybeNullWhen(false)] out SheetPage page) => _answers.TryFind(asked, out page);

    /// <summary>Keeps the answer to a question for numbers alone.</summary>
    internal void Keep(PastCount asked, SheetPage page) => _answers.Keep(asked, page, 1);
}

/// <summary>A sheet as it stood after an entry, as one activation of it read it.</summary>
/// <param name="Sheet">The sheet.</param>
/// <param name="Activation">The epoch in which the activation was loaded.</param>
/// <param name="Cut">The sequence of the entry.</param>
internal readonly record struct PastPlace(SheetId Sheet, long Activation, long Cut);

/// <summary>A question for numbers alone. A filter may be large: its digest stands for it.</summary>
/// <param name="Sheet">Of which sheet.</param>
/// <param name="Activation">The epoch in which the activation that is asked was loaded.</param>
/// <param name="Query">What, but for the filter.</param>
/// <param name="Filter">The first 16 bytes of the SHA-256 of the filter; 0 for none.</param>
internal readonly record struct PastCount(SheetId Sheet, long Activation, SheetQuery Query, UInt128 Filter)
{
    /// <summary>The question to a sheet.</summary>
    public static PastCount Of(SheetId sheet, long activation, SheetQuery query) => new(sheet, activation, query with { Filter = null, Work = 0 }, DigestOf(query.Filter));

    private static UInt128 DigestOf(FilterExpression? filter) => filter is null
        ? UInt128.Zero
        : BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(FilterJson.Encode(filter)));
}
