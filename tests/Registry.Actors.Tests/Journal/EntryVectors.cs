using System.Text.Json;
using NetTopologySuite.Geometries;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Areas;
using Registry.Core.Countries;
using Registry.Core.Deposits;
using Registry.Core.Erasures;
using Registry.Core.GeoJson;
using Registry.Core.Ground;
using Registry.Core.Json;
using Registry.Core.Law;
using Registry.Core.Parties;
using Registry.Core.Titles;

namespace Registry.Actors.Tests.Journal;

/// <summary>An append of every type of event, by each kind of caller.</summary>
internal static class EntryVectors
{
    public static readonly DateTimeOffset At = new(2026, 5, 14, 6, 30, 0, 125, TimeSpan.Zero);

    private static readonly SheetId s_sheet = new(12, 44);
    private static readonly Caller s_applicant = new("key of \"Ұлы тау\"", Role.Applicant, "party-1");
    private static readonly Caller s_registrar = new("a.officer", Role.Registrar);
    private static readonly Holder s_holder = new("party-1", "Made-up Metals ЖШС", "KZ");
    private static readonly CellSet s_cells = CellSet.Of(Enumerable.Range(0, 4).Select(CellAt));
    private static readonly Point s_point = Wgs84.Factory.CreatePoint(new Coordinate(76.25, 49.5));

    private static readonly DepositState s_deposit = new()
    {
        Id = "dep-1",
        Name = "Made-up Hill",
        OtherNames = ["Жасанды", "M-1"],
        Status = DepositStatus.Prospect,
        Geometry = s_point,
        Commodities = ["copper", "gold"],
    };

    private static readonly Estimate s_estimate = new(
        "KAZRC", "inferred", 12.5m, "Mt", [new Grade("copper", 0.4m, "%")], "0.2 %", new DateOnly(2025, 12, 31), "A. Person", "Report 7");

    public static IReadOnlyList<Append> All { get; } =
    [
        Of(Collection.Parties, "party-1", 1, s_registrar, (PartyEvent)new PartyRegistered(new PartyState { Id = "party-1", Name = s_holder.Name, Kind = PartyKind.Company, Country = "KZ" })),
        Of(Collection.LicenseBlocks, "lb-1", 1, s_applicant, (LicenseBlockEvent)new Applied("lb-1", LicenseBlockKind.Exploration, s_holder, s_cells, null, ["copper"], false)) with
        {
            Epochs = [new SheetEpoch(s_sheet, 3)],
        },
        Of(Collection.LicenseBlocks, "lb-2", 1, s_applicant, (LicenseBlockEvent)new Applied(
            "lb-2", LicenseBlockKind.Mining, s_holder, CellSet.Of(Enumerable.Range(100, 500).Select(CellAt)), Ring(200), [], true)),
        Of(Collection.LicenseBlocks, "lb-1", 2, s_registrar, (LicenseBlockEvent)new Refused("The programme of work is missing.")),
        Of(Collection.LicenseBlocks, "lb-2", 2, Caller.Registry, (LicenseBlockEvent)new Reconsidered(CellSet.Of(s_cells.Take(1)), false)),
        Of(Collection.LicenseBlocks, "lb-2", 3, s_registrar, (LicenseBlockEvent)new Granted("2-ML", new DateOnly(2026, 6, 1), new DateOnly(2051, 5, 31))) with
        {
            Law = new string('a', 64),
        },
        Of(Collection.LicenseBlocks, "lb-2", 4, s_applicant, (LicenseBlockEvent)new Relinquished(CellSet.Of(s_cells.Skip(2)))),
        Of(Collection.LicenseBlocks, "lb-2", 5, s_applicant, (LicenseBlockEvent)new Surrendered()),
        Of(Collection.LicenseBlocks, "lb-3", 2, s_applicant, (LicenseBlockEvent)new Withdrawn()),
        Of(Collection.LicenseBlocks, "lb-4", 3, Caller.Registry, (LicenseBlockEvent)new Expired()),
        Of(Collection.Deposits, "dep-1", 1, s_registrar, (DepositEvent)new DepositRegistered(s_deposit)),
        Of(Collection.Deposits, "dep-1", 2, s_registrar, (DepositEvent)new DepositAmended(s_deposit with { OtherNames = [], Sources = ["MRDS 10001"] })),
        Of(Collection.Deposits, "dep-1", 3, s_registrar, (DepositEvent)new EstimateAdded(s_estimate)),
        Of(Collection.Areas, "area-1", 1, s_registrar, (AreaEvent)new AreaRegistered(new AreaState
        {
            Id = "area-1",
            Name = "Made-up Reserve",
            Effect = RestrictionEffect.Exclude,
            Geometry = Ring(5),
            BufferMetres = 100,
            ValidFrom = new DateOnly(2026, 1, 1),
            LegalBasis = "Act 1, Art. 2",
            Cells = s_cells,
        })),
        Of(Collection.Erasures, "register", 1, new Caller("an.operator", Role.Operator), (ErasureEvent)new Erased([new string('0', 64), new string('1', 64)])),
        new Append
        {
            Stream = new StreamId(Collection.Law, "kz"),
            Version = 1,
            Event = LawInForce.EventOf(LawEdition.Of(Regimes.Kazakhstan with { Jurisdiction = new Jurisdiction(Graticule.Minute, s_cells) })),
            By = Caller.Registry,
            State = "{}"u8.ToArray(),
        },
        Of(Collection.Parties, "party-1", 2, new Caller("an.operator", Role.Operator), (PartyEvent)new PartyWithheld()),
        Of(Collection.LicenseBlocks, "lb-1", 3, new Caller("an.operator", Role.Operator), (LicenseBlockEvent)new Withheld()),
        Of(Collection.Deposits, "dep-1", 4, new Caller("an.operator", Role.Operator), (DepositEvent)new DepositWithheld()),
        Of(Collection.Areas, "area-1", 2, new Caller("an.operator", Role.Operator), (AreaEvent)new AreaWithheld()),
    ];

    private static Cell CellAt(int place) =>
        Graticule.Minute.CellOf(Graticule.Minute.FirstRow(s_sheet) + (place / 100), Graticule.Minute.FirstColumn(s_sheet) + (place % 100));

    private static Polygon Ring(int corners) => Wgs84.Factory.CreatePolygon(
        [.. Enumerable.Range(0, corners).Select(i => new Coordinate(76 + (i / 1024.0), 49 + (i % 2 / 64.0))), new Coordinate(76, 49)]);

    private static Append Of<TEvent>(Collection collection, string id, long version, Caller by, TEvent change) => new()
    {
        Stream = new StreamId(collection, id),
        Version = version,
        Event = JsonSerializer.SerializeToUtf8Bytes(change, typeof(TEvent), CoreJson.Default),
        By = by,
        State = "{}"u8.ToArray(),
    };
}
