using System.Globalization;
using Registry.Core.Ground;
using Registry.Core.Ground.Codes;

namespace Registry.Core.Tests.Ground;

/// <summary>The lines of <c>Data/cell_code_vectors.csv</c>.</summary>
public sealed record CellCodeVector(string Scheme, string Code, Cell Cell, double AreaKm2)
{
    public ICellScheme Reader => Scheme == "KZ" ? KazakhCode.Instance : AustralianCode.Instance;

    public static IReadOnlyList<CellCodeVector> All { get; } =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "cell_code_vectors.csv")).Skip(1).Select(Parse)];

    private static CellCodeVector Parse(string line)
    {
        var fields = line.Split(',');
        var south = int.Parse(fields[2], CultureInfo.InvariantCulture);
        var west = int.Parse(fields[3], CultureInfo.InvariantCulture);
        return new(fields[0], fields[1], new Cell((uint)(((south + 5400) * 21600) + west + 10800)), double.Parse(fields[^1], CultureInfo.InvariantCulture));
    }
}
