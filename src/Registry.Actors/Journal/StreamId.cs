namespace Registry.Actors.Journal;

/// <summary>The kinds of object that the registry keeps.</summary>
public enum Collection
{
    /// <summary>License blocks.</summary>
    LicenseBlocks,

    /// <summary>Deposits.</summary>
    Deposits,

    /// <summary>Restriction areas.</summary>
    Areas,

    /// <summary>Parties.</summary>
    Parties,

    /// <summary>What was erased: one stream, so that two erasures never work on the same entries unseen.</summary>
    Erasures,

    /// <summary>The law in force: one stream a regime.</summary>
    Law,
}

/// <summary>The stream of entries of one object.</summary>
/// <param name="Collection">What it is.</param>
/// <param name="Id">Its id, unique within the collection.</param>
public readonly record struct StreamId(Collection Collection, string Id)
{
    /// <summary>The collection's name in addresses: <c>license-blocks</c>, <c>deposits</c>, <c>areas</c>, <c>parties</c>, <c>erasures</c>, <c>law</c>.</summary>
    public static string NameOf(Collection collection) => collection switch
    {
        Collection.LicenseBlocks => "license-blocks",
        Collection.Deposits => "deposits",
        Collection.Areas => "areas",
        Collection.Parties => "parties",
        Collection.Erasures => "erasures",
        Collection.Law => "law",
        _ => throw new ArgumentOutOfRangeException(nameof(collection), collection, "Not a collection."),
    };

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">The text is no stream's.</exception>
    public static StreamId Parse(string text)
    {
        foreach (var collection in Enum.GetValues<Collection>())
        {
            var name = NameOf(collection);
            if (text.Length > name.Length + 1 && text[name.Length] == '/' && text.StartsWith(name, StringComparison.Ordinal))
                return new StreamId(collection, text[(name.Length + 1)..]);
        }

        throw new FormatException($"'{text}' names no stream.");
    }

    /// <summary>The stream's name: <c>license-blocks/lb-...</c>.</summary>
    public override string ToString() => $"{NameOf(Collection)}/{Id}";
}
