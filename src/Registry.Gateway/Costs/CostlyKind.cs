namespace Registry.Gateway.Costs;

/// <summary>A kind of question that takes a processor for longer than most, and how many of it are answered at once.</summary>
/// <remarks>
/// Who is beyond a bound waits in line, in the order in which it came; who finds the line full is told 429. The bounds are of one process.
/// They keep a processor for everything else: while as many costly questions as may be are under way, an application still takes its turn.
/// </remarks>
/// <param name="Name">Its name, in the metrics and to the caller.</param>
/// <param name="Most">The most under way altogether.</param>
/// <param name="MostOfCaller">The most under way for one caller.</param>
/// <param name="Waiting">The most in line for one caller; sixteen times as many altogether.</param>
public sealed record CostlyKind(string Name, int Most, int MostOfCaller, int Waiting)
{
    // One of two processors, or half of many.
    private static readonly int s_some = Math.Max(2, Environment.ProcessorCount / 2);

    /// <summary>A search for free areas: some tenths of a second over a country.</summary>
    public static CostlyKind FreeAreas { get; } = new("free-areas", s_some, 1, 64);

    /// <summary>A filter that takes long for each feature: many conditions, or relations of geometries.</summary>
    public static CostlyKind Filters { get; } = new("filters", s_some, 1, 64);

    /// <summary>The register as it stood: sheets are read from the journal.</summary>
    public static CostlyKind Past { get; } = new("past", 2 * s_some, 2, 64);

    /// <summary>A tile that is not in the cache, or is out of date. A map asks for a screen full of them at once.</summary>
    public static CostlyKind Tiles { get; } = new("tiles", 2 * s_some, 4, 256);

    /// <summary>A whole collection in one file, for as long as its reader takes; what is in memory of it is little.</summary>
    public static CostlyKind Exports { get; } = new("exports", 64, 4, 32);

    /// <summary>A body of 64 kB or more, while it is read: geometry of thousands of positions.</summary>
    public static CostlyKind Bodies { get; } = new("bodies", 2 * s_some, 2, 64);

    /// <summary>Every kind.</summary>
    public static IReadOnlyList<CostlyKind> All { get; } = [FreeAreas, Filters, Past, Tiles, Exports, Bodies];
}
