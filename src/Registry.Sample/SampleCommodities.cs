namespace Registry.Sample;

/// <summary>What a made-up company may look for in Kazakhstan. Uranium and hydrocarbons are licensed otherwise and are not among it.</summary>
internal static class SampleCommodities
{
    // What comes twice is looked for twice as often.
    private static readonly string[] Sought =
    [
        "copper", "copper", "gold", "gold", "lithium", "lithium", "rare earth elements", "tungsten", "molybdenum", "tin", "tantalum",
        "nickel", "cobalt", "zinc", "lead", "silver", "manganese", "chromium", "titanium", "vanadium", "beryllium", "graphite",
        "phosphate rock", "antimony", "rhenium",
    ];

    /// <summary>One to three of them, none twice.</summary>
    public static IReadOnlyList<string> Any(SplitMix64 random) => Some(Sought, random);

    /// <summary>One to three of a list that is not empty, none twice.</summary>
    public static IReadOnlyList<string> Some(IReadOnlyList<string> list, SplitMix64 random)
    {
        var names = new List<string>(3);
        for (var left = 1 + random.Below(3); left > 0; left--)
        {
            var name = random.OneOf(list);
            if (!names.Contains(name))
                names.Add(name);
        }

        return names;
    }
}
