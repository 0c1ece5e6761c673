using System.Globalization;
using Registry.Core.Ground;
using Registry.Core.Ground.Codes;

namespace Registry.Gateway.Requests;

/// <summary>Members that name cells by their codes.</summary>
internal static class CellMembers
{
    // The longest single text that the code reader looks at.
    private const int MostCharacters = 4096;
    private const int MostTexts = 10_000;

    /// <summary>A list of codes, each of which may name several cells; no cell twice. Empty when at fault.</summary>
    public static CellSet Cells(this Members members, string name)
    {
        if (members.Required(name) is null)
            return CellSet.Empty;
        var before = members.Faults.Count;
        var texts = members.Texts(name, MostTexts, MostCharacters);
        if (members.Faults.Count > before)
            return CellSet.Empty;
        var cells = new List<Cell>(texts.Count);
        if (!CellCodes.TryRead(texts, cells, out var error, out var faulty))
        {
            members.Faults.Add(PointerTo(members, name, faulty), error!);
            return CellSet.Empty;
        }

        var set = CellSet.Of(cells);
        if (set.Count < cells.Count)
            RefuseDuplicates(members, name, texts);
        return set;
    }

    private static void RefuseDuplicates(Members members, string name, IReadOnlyList<string> texts)
    {
        var seen = new HashSet<Cell>();
        var cells = new List<Cell>();
        for (var i = 0; i < texts.Count; i++)
        {
            cells.Clear();
            CellCodes.TryRead(texts[i], cells, out _);
            if (cells.Count(cell => !seen.Add(cell)) is > 0 and var again)
            {
                members.Faults.Add(PointerTo(members, name, i), again == 1
                    ? $"\"{Members.Shortened(texts[i])}\" names a cell that the list has named already."
                    : string.Create(CultureInfo.InvariantCulture, $"\"{Members.Shortened(texts[i])}\" names {again} cells that the list has named already."));
            }
        }
    }

    private static string PointerTo(Members members, string name, int index) =>
        index < 0 ? members.PointerTo(name) : string.Create(CultureInfo.InvariantCulture, $"{members.PointerTo(name)}/{index}");
}
