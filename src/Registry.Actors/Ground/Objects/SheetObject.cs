using System.Text.Json;
using NetTopologySuite.Geometries;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Areas;
using Registry.Core.Deposits;
using Registry.Core.Features;
using Registry.Core.GeoJson;
using Registry.Core.Ground;
using Registry.Core.Json;
using Registry.Core.Law;
using Registry.Core.Titles;

namespace Registry.Actors.Ground.Objects;

/// <summary>One object as a sheet keeps it: decoded once, encoded once, never changed; a new version is a new instance.</summary>
internal sealed class SheetObject
{
    private readonly Regime _regime;
    private readonly StoredObject _stored;
    private Geometry? _shape;
    private double? _areaKm2;
    private IReadOnlyList<string>? _critical;

    private SheetObject(Regime regime, StoredObject stored)
    {
        _regime = regime;
        _stored = stored;
        switch (stored.Stream.Collection)
        {
            case Collection.LicenseBlocks:
                LicenseBlock = JsonSerializer.Deserialize(stored.State, CoreJson.Default.LicenseBlockState)!;
                Geometry = LicenseBlock.Polygon;
                Box = Geometry is null ? BoundingBox.Of(regime.Graticule, LicenseBlock.Cells) : BoundingBox.Of(Geometry);
                Sheets = LicenseBlock.Cells.Sheets(regime.Graticule);
                break;
            case Collection.Deposits:
                Deposit = JsonSerializer.Deserialize(stored.State, CoreJson.Default.DepositState)!;
                Geometry = Deposit.Geometry;
                Box = BoundingBox.Of(Geometry);
                Sheets = SheetsOf.Deposit(regime, Deposit);
                break;
            case Collection.Areas:
                Area = JsonSerializer.Deserialize(stored.State, CoreJson.Default.AreaState)!;
                Geometry = Area.Geometry;
                Box = BoundingBox.Of(Geometry);
                Sheets = SheetsOf.Area(regime, Area);
                break;
            default:
                throw new ArgumentException($"{stored.Stream} does not lie on a sheet.", nameof(stored));
        }

        Encoded = Encode();
    }

    /// <summary>Which object.</summary>
    public StreamId Stream => _stored.Stream;

    /// <summary>Its version.</summary>
    public long Version => _stored.Version;

    /// <summary>Its place in the order of first registration.</summary>
    public long Order => _stored.First.Sequence;

    /// <summary>When it was first registered.</summary>
    public DateTimeOffset FirstAt => _stored.First.At;

    /// <summary>The license block, when it is one.</summary>
    public LicenseBlockState? LicenseBlock { get; }

    /// <summary>The restriction area, when it is one.</summary>
    public AreaState? Area { get; }

    /// <summary>The deposit, when it is one.</summary>
    public DepositState? Deposit { get; }

    /// <summary>Where it was first registered.</summary>
    public Stamp First => _stored.First;

    /// <summary>Where it last changed.</summary>
    public Stamp Last => _stored.Last;

    /// <summary>The license blocks whose ground holds a deposit, as <see cref="Encoded"/> names them.</summary>
    public IReadOnlyList<string> LicenseBlocks { get; private set; } = [];

    /// <summary>The free geometry; null where the ground is cells.</summary>
    public Geometry? Geometry { get; }

    /// <summary>The geometry as <see cref="Encoded"/> shows it: of cells, their outline. Made when a filter first asks for it, and kept.</summary>
    public Geometry Shape => _shape ??= Geometry is { } geometry
        ? GeometryWriter.AsWritten(geometry)
        : CellRectangles.WrittenOutline(_regime.Graticule, LicenseBlock!.Cells, Wgs84.Factory);

    /// <summary>The area of a license block's ground in square kilometres, as <see cref="Encoded"/> shows it.</summary>
    public double AreaKm2 => _areaKm2 ??= FeatureWriter.AreaKm2(_regime, LicenseBlock!);

    /// <summary>The lists of critical minerals that name a deposit's commodities.</summary>
    public IReadOnlyList<string> Critical => _critical ??= FeatureWriter.Critical(Placed(Deposit!));

    /// <summary>The smallest rectangle around it.</summary>
    public BoundingBox Box { get; }

    /// <summary>The sheets that keep it, in their order.</summary>
    public IReadOnlyList<SheetId> Sheets { get; }

    /// <summary>The object as a GeoJSON Feature in UTF-8.</summary>
    public byte[] Encoded { get; private set; }

    /// <summary>Decodes and encodes an object of the journal.</summary>
    public static SheetObject Of(Regime regime, StoredObject stored) => new(regime, stored);

    /// <summary>Encodes a deposit anew, now that the license blocks whose ground holds it are these.</summary>
    public void NameLicenseBlocks(IReadOnlyList<string> licenseBlocks)
    {
        LicenseBlocks = licenseBlocks;
        Encoded = Encode();
    }

    /// <summary>Whether the object shares a point with a rectangle.</summary>
    public bool Touches(BoundingBox box)
    {
        if (!box.Intersects(Box))
            return false;
        if (box.Contains(Box))
            return true;
        return Geometry is null ? TouchesCells(box) : Geometry is Point || Geometry.Intersects(box.ToPolygon());
    }

    private bool TouchesCells(BoundingBox box)
    {
        foreach (var cell in LicenseBlock!.Cells.AsSpan())
        {
            if (BoundingBox.Of(_regime.Graticule, cell).Intersects(box))
                return true;
        }

        return false;
    }

    private byte[] Encode()
    {
        if (LicenseBlock is { } title)
            return FeatureWriter.Encode(_regime, Placed(title), withCells: false);
        return Area is { } area ? FeatureWriter.Encode(Placed(area)) : FeatureWriter.Encode(Placed(Deposit!), LicenseBlocks);
    }

    private Registered<TState> Placed<TState>(TState state)
        where TState : class => new(state, _stored.Version, _stored.First, _stored.Last);
}
