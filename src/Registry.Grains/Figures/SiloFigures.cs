namespace Registry.Grains.Figures;

/// <summary>What one silo holds and has answered since it started.</summary>
/// <param name="Silo">Its name.</param>
/// <param name="Sheets">Sheets that are here.</param>
/// <param name="LicenseBlocks">License blocks that are here, in memory.</param>
/// <param name="ClaimedCells">Cells of these sheets that somebody claims.</param>
/// <param name="Holds">Holds over their ground that are not settled.</param>
/// <param name="SheetsAskedNear">Questions that its sheets answered without a message.</param>
/// <param name="SheetsAskedByMessage">Questions that it sent to sheets of other silos as messages.</param>
/// <param name="LicenseBlocksAskedNear">Questions that its license blocks answered without a message.</param>
public sealed record SiloFigures(
    string Silo, int Sheets, int LicenseBlocks, long ClaimedCells, long Holds,
    long SheetsAskedNear, long SheetsAskedByMessage, long LicenseBlocksAskedNear);
