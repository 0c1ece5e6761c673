using Registry.Core.Ground;
using Registry.Core.Ground.Codes;

namespace Registry.Core.Tests.Ground.Codes;

public sealed class CellCodeVectorTests
{
    [Fact]
    public void Every_vector_is_there() => Assert.Equal(14, CellCodeVector.All.Count);

    [Fact]
    public void Every_vector_reads_as_its_cell_in_its_scheme_and_by_its_shape()
    {
        foreach (var vector in CellCodeVector.All)
        {
            var byScheme = new List<Cell>();
            var byShape = new List<Cell>();
            Assert.True(vector.Reader.TryRead(vector.Code, byScheme, out var error), error);
            Assert.True(CellCodes.TryRead(vector.Code, byShape, out error), error);
            Assert.Equal([vector.Cell], byScheme);
            Assert.Equal([vector.Cell], byShape);
        }
    }

    [Fact]
    public void Every_Kazakh_vector_is_the_canonical_code_of_its_cell()
    {
        foreach (var vector in CellCodeVector.All.Where(vector => vector.Scheme == "KZ"))
            Assert.Equal(vector.Code, KazakhCode.Instance.Format(vector.Cell));
    }

    [Fact]
    public void Every_vector_stands_where_its_degrees_say()
    {
        // Broome 72 e by statute: 16 00' to 16 01' S, 125 59' to 126 00' E.
        var broome = CellCodeVector.All.Single(vector => vector.Code == "Broome (SE51) 72 e").Cell;
        Assert.Equal(Graticule.Minute.CellAt(125.99, -16.01), broome);
    }
}
