using System.Text.Json;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Core.Json;
using Registry.Core.Titles;

namespace Registry.Storage.Tests.Journals;

/// <summary>Appends as the license block actor makes them, over cells of the sheets M-44 and M-45.</summary>
internal static class Filings
{
    public static readonly SheetId M44 = new(12, 44);
    public static readonly SheetId M45 = new(12, 45);

    public static readonly Caller Tester = new("tests", Role.Registrar);

    public static readonly LicenseBlockState Unfiled = new()
    {
        Id = "",
        Kind = LicenseBlockKind.Exploration,
        Status = LicenseBlockStatus.Applied,
        Holder = new Holder("p-1", "Made-up Metals", "KZ"),
        Cells = CellSet.Empty,
        Commodities = ["copper"],
    };

    public static StreamId Stream(string id) => new(Collection.LicenseBlocks, id);

    /// <summary>The cells at some places of the southernmost row of M-44; places from 360 on are those of M-45.</summary>
    public static CellSet Cells(params int[] places) => CellSet.Of(places.Select(Place));

    public static Cell Place(int place) =>
        Graticule.Minute.CellOf(Graticule.Minute.FirstRow(M44), Graticule.Minute.FirstColumn(M44) + place);

    public static Append Apply(string id, params int[] places) => Filed(id, Cells(places), queued: false);

    public static Append Queue(string id, params int[] places) => Filed(id, Cells(places), queued: true) with { Claims = [] };

    public static (Append Append, LicenseBlockState State) Next(LicenseBlockState state, long version, LicenseBlockEvent change)
    {
        var after = LicenseBlockState.After(state, change);
        return (Of(after, version, change), after);
    }

    /// <summary>A change that ends every claim of the license block, or passes it on.</summary>
    public static Append Leave(LicenseBlockState state, long version, LicenseBlockEvent change, StreamId? heir = null) =>
        Next(state, version, change).Append with { Releases = [.. state.Cells.Select(cell => new ClaimEnd(cell, heir))] };

    public static LicenseBlockState StateOf(Append append) =>
        JsonSerializer.Deserialize(append.State, CoreJson.Default.LicenseBlockState)!;

    private static Append Filed(string id, CellSet cells, bool queued)
    {
        var applied = new Applied(id, Unfiled.Kind, Unfiled.Holder, cells, null, Unfiled.Commodities, queued);
        return Of(LicenseBlockState.After(null, applied), 1, applied) with { Claims = cells };
    }

    private static Append Of(LicenseBlockState state, long version, LicenseBlockEvent change) => new()
    {
        Stream = Stream(state.Id),
        Version = version,
        Event = JsonSerializer.SerializeToUtf8Bytes(change, CoreJson.Default.LicenseBlockEvent),
        By = Tester,
        State = JsonSerializer.SerializeToUtf8Bytes(state, CoreJson.Default.LicenseBlockState),
        Sheets = state.Claims.Sheets(Graticule.Minute),
    };
}
