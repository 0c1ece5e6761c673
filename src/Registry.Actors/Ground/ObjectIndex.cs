using Registry.Core.Ground;

namespace Registry.Actors.Ground;

/// <summary>The objects of one collection on one sheet, in the order of first registration and by place.</summary>
/// <param name="sheet">The sheet.</param>
/// <param name="ground">The sheet's rectangle.</param>
internal sealed class ObjectIndex(SheetId sheet, BoundingBox ground)
{
    private readonly List<SheetObject> _inOrder = [];
    private readonly BoxColumns _boxes = new();
    private readonly Dictionary<string, SheetObject> _byId = [];
    private readonly Dictionary<string, SheetObject> _strangers = [];
    private readonly List<int> _found = [];

    /// <summary>How many objects.</summary>
    public int Count => _inOrder.Count;

    /// <summary>
    /// The objects of which the sheet must ask whether it gives them. All others lie on it first and have a part on it: whoever asks for
    /// the whole sheet gets them from it.
    /// </summary>
    public IEnumerable<SheetObject> Strangers => _strangers.Values;

    /// <summary>How many objects are no strangers.</summary>
    public int Own => _inOrder.Count - _strangers.Count;

    /// <summary>The object of an id.</summary>
    public SheetObject? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Enters an object, or a new version of it.</summary>
    public void Put(SheetObject entered)
    {
        var (id, place) = (entered.Stream.Id, FirstAfter(entered.Order));
        if (_byId.ContainsKey(id))
        {
            _inOrder[place - 1] = entered;
            _boxes.Set(place - 1, entered.Box);
        }
        else
        {
            _inOrder.Insert(place, entered);
            _boxes.Insert(place, entered.Box);
        }

        _byId[id] = entered;
        if (IsOwn(entered))
            _strangers.Remove(id);
        else
            _strangers[id] = entered;
    }

    /// <summary>The objects whose order is above <paramref name="after"/>, in that order.</summary>
    public IEnumerable<SheetObject> InOrder(long after)
    {
        for (var i = FirstAfter(after); i < _inOrder.Count; i++)
            yield return _inOrder[i];
    }

    /// <summary>Adds the objects whose rectangle meets a rectangle, in the order of first registration.</summary>
    public void Query(BoundingBox box, List<SheetObject> found)
    {
        _found.Clear();
        _boxes.Find(box, _found);
        foreach (var place in _found)
            found.Add(_inOrder[place]);
    }

    private bool IsOwn(SheetObject entered) => entered.Sheets is [var first, ..] && first == sheet && entered.Touches(ground);

    /// <summary>The place of the first object whose order is above one.</summary>
    private int FirstAfter(long order)
    {
        var (low, high) = (0, _inOrder.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_inOrder[middle].Order > order)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }
}
