using Registry.Core.Ground;
using Registry.Core.Ground.Codes;

namespace Registry.Core.Tests.Ground.Codes;

public sealed class RandomRoundTripTests
{
    private const int Trips = 100_000;

    [Fact]
    public void Kazakh_codes_and_aliases_read_back_to_their_cell() => RoundTrip(KazakhCode.Instance, 5400, 5400 + (88 * 60));

    [Fact]
    public void Australian_codes_and_aliases_read_back_to_their_cell() => RoundTrip(AustralianCode.Instance, 5400 - (88 * 60), 5400);

    private static void RoundTrip(ICellScheme scheme, int firstRow, int endRow)
    {
        var random = new Random(20260101);
        var read = new List<Cell>(2);
        for (var i = 0; i < Trips; i++)
        {
            var cell = Graticule.Minute.CellOf(random.Next(firstRow, endRow), random.Next(Graticule.Minute.Columns));
            read.Clear();
            Assert.True(CellCodes.TryRead(scheme.Format(cell), read, out var error), error);
            Assert.True(CellCodes.TryRead(scheme.Alias(cell), read, out error), error);
            Assert.Equal(cell, read[0]);
            Assert.Equal(cell, read[1]);
        }
    }

    [Fact]
    public void Codes_of_all_cells_of_a_sheet_differ()
    {
        var sheet = new SheetId(12, 44);
        var codes = new HashSet<string>();
        for (var i = 0; i < Graticule.Minute.CellsPerSheet; i++)
            codes.Add(KazakhCode.Instance.Format(Graticule.Minute.CellOf(sheet, i)));
        Assert.Equal(Graticule.Minute.CellsPerSheet, codes.Count);
        Assert.All(codes, code => Assert.StartsWith("M-44-", code, StringComparison.Ordinal));
    }
}
