using Registry.Actors.Contracts;
using Registry.Actors.Ground.Objects;
using Registry.Core.Ground;

namespace Registry.Actors.Ground;

/// <summary>A sheet as it stood, to be kept: its content, which nobody changes any more.</summary>
internal sealed class SheetPast
{
    // What an object takes beside its encoded bytes and its cells: its state, its places in the indexes.
    private const int BytesOfObject = 1_000;

    /// <param name="content">The sheet's content, loaded with its objects as they stood.</param>
    /// <param name="graticule">The cells.</param>
    public SheetPast(SheetContent content, Graticule graticule)
    {
        Content = content;
        try
        {
            Counted = content.Statistics;
        }
        catch (Exception)
        {
            // It comes again to who asks for the numbers; whoever asks for objects has nothing to do with it.
            Counted = null;
        }

        Bytes = ((long)IntPtr.Size * graticule.CellsPerSheet)
            + content.All.Sum(BytesOf);
    }

    /// <summary>Its objects, and who claimed each cell.</summary>
    public SheetContent Content { get; }

    /// <summary>The objects, counted by what they were; null after a fault in counting them.</summary>
    public SheetStatistics? Counted { get; }

    /// <summary>The same; a fault in counting them comes to who asks.</summary>
    public SheetStatistics Statistics => Counted ?? Content.Statistics;

    /// <summary>What it takes in memory, about, in bytes: a reference for each cell, and the objects.</summary>
    public long Bytes { get; }

    private static long BytesOf(SheetObject known) =>
        BytesOfObject + (2L * known.Encoded.Length)
        + (sizeof(uint) * ((known.LicenseBlock?.Cells.Count ?? 0) + (known.Area?.Cells.Count ?? 0)));
}
