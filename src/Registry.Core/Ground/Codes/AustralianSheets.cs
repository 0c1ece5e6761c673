namespace Registry.Core.Ground.Codes;

/// <summary>Names of the Australian sheets of the International Map of the World 1:1,000,000, by which statutes call them.</summary>
/// <remarks>The sheets of Western Australia and Queensland whose names are beyond doubt. A sheet that is missing here is read by its designation.</remarks>
internal static class AustralianSheets
{
    private static readonly (string Name, SheetId Sheet)[] _named =
    [
        ("Broome", South('E', 51)),
        ("Halls Creek", South('E', 52)),
        ("Normanton", South('E', 54)),
        ("Townsville", South('E', 55)),
        ("Hamersley Range", South('F', 50)),
        ("Cloncurry", South('F', 54)),
        ("Clermont", South('F', 55)),
        ("Rockhampton", South('F', 56)),
        ("Wiluna", South('G', 51)),
        ("Charleville", South('G', 55)),
        ("Brisbane", South('G', 56)),
        ("Perth", South('H', 50)),
        ("Kalgoorlie", South('H', 51)),
        ("Esperance", South('I', 51)),
    ];

    /// <summary>The sheet of a name, in either case.</summary>
    public static bool TryFind(ReadOnlySpan<char> name, out SheetId sheet)
    {
        foreach (var named in _named)
        {
            if (name.Equals(named.Name, StringComparison.OrdinalIgnoreCase))
            {
                sheet = named.Sheet;
                return true;
            }
        }

        sheet = default;
        return false;
    }

    private static SheetId South(char row, int zone) => new('A' - 1 - row, zone);
}
