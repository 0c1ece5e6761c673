using System.Collections.Frozen;
using Registry.Actors.Ground.Objects;
using Registry.Core;
using Registry.Core.Features;
using Registry.Core.Filters.Binding;
using Registry.Core.Titles;

namespace Registry.Actors.Ground.Filtering;

/// <summary>By what license blocks are filtered: the properties of their Features, but for their cells.</summary>
internal static class LicenseBlockQueryables
{
    private static readonly FrozenDictionary<LicenseBlockKind, string> Kinds =
        Enum.GetValues<LicenseBlockKind>().ToFrozenDictionary(kind => kind, FeatureWriter.Name);

    private static readonly FrozenDictionary<LicenseBlockStatus, string> Statuses =
        Enum.GetValues<LicenseBlockStatus>().ToFrozenDictionary(status => status, FeatureWriter.Name);

    public static Queryables<SheetObject> All { get; } = new(
    [
        Text("id", "The license block's id.", state => state.Id),
        Text("number", "The title's number, given at the grant.", state => state.Number),
        Text("kind", "What it is for.", state => Kinds[state.Kind]) with { Values = [.. Enum.GetValues<LicenseBlockKind>().Select(FeatureWriter.Name)] },
        Text("status", "Where it stands.", state => Statuses[state.Status]) with
        {
            Values = [.. Enum.GetValues<LicenseBlockStatus>().Select(FeatureWriter.Name)],
        },
        Text("holder.id", "The id of the party that applied for it, and holds it once granted.", state => state.Holder.Id),
        Text("holder.name", "The holder's name.", state => state.Holder.Name),
        Text("holder.country", "The holder's country, ISO 3166-1 alpha-2.", state => state.Holder.Country),
        new("cellCount", QueryableType.Integer, "How many cells it has.", found => FilterValue.Of((double)found.LicenseBlock!.Cells.Count)),
        new("areaKm2", QueryableType.Number, "The area of its ground, in square kilometres.", found => FilterValue.Of(found.AreaKm2)),
        new("commodities", QueryableType.TextArray, "The minerals sought.", found => FilterValue.Of(found.LicenseBlock!.Commodities)),
        new("sequence", QueryableType.Integer, "Its place in the one order of filing.", found => FilterValue.Of((double)found.Order)),
        new("appliedAt", QueryableType.Timestamp, "When it was applied for.", found => FilterValue.Of(found.First.At)),
        new("grantedOn", QueryableType.Date, "The date of the grant.", found => FilterValue.Of(found.LicenseBlock!.GrantedOn)),
        new("expiresOn", QueryableType.Date, "The last day of the term.", found => FilterValue.Of(found.LicenseBlock!.ExpiresOn)),
        new("endedAt", QueryableType.Timestamp, "When it was refused, withdrawn, surrendered, expired or revoked.", found => FilterValue.Of(EndOf(found)))
        {
            IsShown = false,
        },
        new("version", QueryableType.Integer, "How many changes it has had.", found => FilterValue.Of((double)found.Version)),
        new("geometry", QueryableType.Surface, "The outline of its ground.", found => FilterValue.Of(found.Shape)),
    ]);

    // Nothing follows the end: the last change is it.
    private static DateTimeOffset? EndOf(SheetObject found) => found.LicenseBlock!.Status.IsStanding() ? null : found.Last.At;

    private static QueryableProperty<SheetObject> Text(string name, string description, Func<LicenseBlockState, string?> value) =>
        new(name, QueryableType.Text, description, found => FilterValue.Of(value(found.LicenseBlock!)));
}
