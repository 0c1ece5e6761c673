using System.Collections.Frozen;
using Registry.Actors.Ground.Objects;
using Registry.Core.Areas;
using Registry.Core.Features;
using Registry.Core.Filters.Binding;

namespace Registry.Actors.Ground.Filtering;

/// <summary>By what restriction areas are filtered: the properties of their Features.</summary>
internal static class AreaQueryables
{
    private static readonly FrozenDictionary<RestrictionEffect, string> Effects =
        Enum.GetValues<RestrictionEffect>().ToFrozenDictionary(effect => effect, FeatureWriter.Name);

    public static Queryables<SheetObject> All { get; } = new(
    [
        new("id", QueryableType.Text, "The area's id.", found => FilterValue.Of(found.Stream.Id)),
        new("name", QueryableType.Text, "Its name.", found => FilterValue.Of(found.Area!.Name)),
        new("effect", QueryableType.Text, "What it does to titles.", found => FilterValue.Of(Effects[found.Area!.Effect]))
        {
            Values = [.. Enum.GetValues<RestrictionEffect>().Select(FeatureWriter.Name)],
        },
        new("bufferMetres", QueryableType.Number, "How far around it the effect reaches.", found => FilterValue.Of(found.Area!.BufferMetres)),
        new("validFrom", QueryableType.Date, "The first date on which it is in force.", found => FilterValue.Of(found.Area!.ValidFrom)),
        new("validTo", QueryableType.Date, "The last date on which it is in force.", found => FilterValue.Of(found.Area!.ValidTo)),
        new("legalBasis", QueryableType.Text, "The act and article that it rests on.", found => FilterValue.Of(found.Area!.LegalBasis)),
        new("cellCount", QueryableType.Integer, "How many cells lie wholly within it and its buffer.", found => FilterValue.Of((double)found.Area!.Cells.Count)),
        new("version", QueryableType.Integer, "How many changes it has had.", found => FilterValue.Of((double)found.Version)),
        new("geometry", QueryableType.AnyGeometry, "The area itself, without its buffer.", found => FilterValue.Of(found.Shape)),
    ]);
}
