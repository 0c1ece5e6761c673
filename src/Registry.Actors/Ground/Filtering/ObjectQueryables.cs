using Registry.Actors.Ground.Objects;
using Registry.Actors.Journal;
using Registry.Core.Filters.Binding;

namespace Registry.Actors.Ground.Filtering;

/// <summary>By what the objects on sheets are filtered.</summary>
public static class ObjectQueryables
{
    /// <summary>The queryables of a collection that lies on sheets.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The collection does not.</exception>
    public static Queryables Of(Collection collection) => Typed(collection);

    /// <summary>The same with the way to each value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The collection does not lie on sheets.</exception>
    internal static Queryables<SheetObject> Typed(Collection collection) => collection switch
    {
        Collection.LicenseBlocks => LicenseBlockQueryables.All,
        Collection.Deposits => DepositQueryables.All,
        Collection.Areas => AreaQueryables.All,
        _ => throw new ArgumentOutOfRangeException(nameof(collection), collection, "Does not lie on sheets."),
    };
}
