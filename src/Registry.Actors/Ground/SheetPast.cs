using System.Runtime.ExceptionServices;
using Registry.Actors.Journal;

namespace Registry.Actors.Ground;

/// <summary>What a sheet keeps of itself as it stood: its objects and numbers, without what is only for deciding who gets ground.</summary>
internal sealed class SheetPast
{
    // What an object takes beside its encoded bytes and its cells: its state, its places in the indexes.
    private const int BytesOfObject = 1_000;

    private readonly ObjectIndex _licenseBlocks;
    private readonly ObjectIndex _deposits;
    private readonly ObjectIndex _areas;
    private readonly ExceptionDispatchInfo? _uncounted;

    /// <param name="content">The sheet's content, loaded with its objects as they stood.</param>
    public SheetPast(SheetContent content)
    {
        _licenseBlocks = content.Of(Collection.LicenseBlocks);
        _deposits = content.Of(Collection.Deposits);
        _areas = content.Of(Collection.Areas);
        try
        {
            Counted = content.Statistics;
        }
        catch (Exception fault)
        {
            // For who asks for the numbers; whoever asks for objects has nothing to do with it.
            _uncounted = ExceptionDispatchInfo.Capture(fault);
        }

        Bytes = new[] { _licenseBlocks, _deposits, _areas }.Sum(index => index.InOrder(0).Sum(BytesOf));
    }

    /// <summary>The objects, counted by what they were; null after a fault in counting them.</summary>
    public SheetStatistics? Counted { get; }

    /// <summary>The same; a fault in counting them comes to who asks.</summary>
    public SheetStatistics Statistics
    {
        get
        {
            _uncounted?.Throw();
            return Counted!;
        }
    }

    /// <summary>What it takes in memory, about, in bytes.</summary>
    public long Bytes { get; }

    /// <summary>The objects of a collection.</summary>
    public ObjectIndex Of(Collection collection) => collection switch
    {
        Collection.LicenseBlocks => _licenseBlocks,
        Collection.Deposits => _deposits,
        Collection.Areas => _areas,
        _ => throw new ArgumentOutOfRangeException(nameof(collection), collection, "Does not lie on sheets."),
    };

    private static long BytesOf(SheetObject known) =>
        BytesOfObject + (2L * known.Encoded.Length)
        + (sizeof(uint) * ((known.LicenseBlock?.Cells.Count ?? 0) + (known.Area?.Cells.Count ?? 0)));
}
