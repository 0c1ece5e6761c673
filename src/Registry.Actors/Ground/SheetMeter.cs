using System.Diagnostics.Metrics;

namespace Registry.Actors.Ground;

/// <summary>What the sheets of this process hold, all together, as metrics: each sheet says by how much it changed.</summary>
internal static class SheetMeter
{
    private static readonly Meter s_meter = new("Registry");

    private static readonly UpDownCounter<long> s_holds = s_meter.CreateUpDownCounter<long>(
        "registry.sheet.holds", "{hold}", "Holds over ground that are not settled, waiting ones included.");

    private static readonly UpDownCounter<long> s_claimedCells = s_meter.CreateUpDownCounter<long>(
        "registry.sheet.claimed_cells", "{cell}", "Cells that somebody claims.");

    /// <summary>Holds came (above 0) or went (below 0).</summary>
    public static void Holds(int change) => s_holds.Add(change);

    /// <summary>Cells were claimed (above 0) or given up (below 0).</summary>
    public static void ClaimedCells(int change) => s_claimedCells.Add(change);
}
