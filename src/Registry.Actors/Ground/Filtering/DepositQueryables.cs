using System.Collections.Frozen;
using Registry.Actors.Ground.Objects;
using Registry.Core.Deposits;
using Registry.Core.Features;
using Registry.Core.Filters.Binding;

namespace Registry.Actors.Ground.Filtering;

/// <summary>By what deposits are filtered: the properties of their Features, but for their estimates.</summary>
internal static class DepositQueryables
{
    private static readonly FrozenDictionary<DepositStatus, string> Statuses =
        Enum.GetValues<DepositStatus>().ToFrozenDictionary(status => status, FeatureWriter.Name);

    public static Queryables<SheetObject> All { get; } = new(
    [
        new("id", QueryableType.Text, "The deposit's id.", found => FilterValue.Of(found.Stream.Id)),
        new("name", QueryableType.Text, "Its name.", found => FilterValue.Of(found.Deposit!.Name)),
        new("otherNames", QueryableType.TextArray, "Its other names.", found => FilterValue.Of(found.Deposit!.OtherNames)),
        new("status", QueryableType.Text, "How well it is known and used.", found => FilterValue.Of(Statuses[found.Deposit!.Status]))
        {
            Values = [.. Enum.GetValues<DepositStatus>().Select(FeatureWriter.Name)],
        },
        new("commodities", QueryableType.TextArray, "Its commodities.", found => FilterValue.Of(found.Deposit!.Commodities)),
        new("critical", QueryableType.TextArray, "The lists of critical minerals that name its commodities.", found => FilterValue.Of(found.Critical)),
        new("licenseBlocks", QueryableType.TextArray, "The license blocks whose ground holds it.", found => FilterValue.Of(found.LicenseBlocks)),
        new("sources", QueryableType.TextArray, "Where the record comes from.", found => FilterValue.Of(found.Deposit!.Sources)),
        new("version", QueryableType.Integer, "How many changes it has had.", found => FilterValue.Of((double)found.Version)),
        new("geometry", QueryableType.AnyGeometry, "Where it lies: a point or a polygon.", found => FilterValue.Of(found.Shape)),
    ]);
}
