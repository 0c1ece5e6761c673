using Registry.Core.Ground;

namespace Registry.Actors.Ground.Objects;

/// <summary>The objects of one collection on one sheet, in the order of first registration and by place.</summary>
/// <param name="graticule">The cells.</param>
/// <param name="sheet">The sheet.</param>
internal sealed class ObjectIndex(Graticule graticule, SheetId sheet)
{
    private readonly List<SheetObject> _inOrder = [];
    private readonly BoxColumns _boxes = new();
    private readonly Dictionary<string, SheetObject> _byId = [];
    private readonly Dictionary<string, SheetObject> _guests = [];
    private readonly Dictionary<string, SheetObject> _doubtful = [];
    private readonly List<int> _found = [];
    private readonly BoundingBox _ground = BoundingBox.Of(graticule, sheet);
    private BoundingBox _homes = BoundingBox.Of(graticule, sheet);

    /// <summary>How many objects.</summary>
    public int Count => _inOrder.Count;

    /// <summary>The objects that lie on another sheet first: that one gives them, if it is asked too.</summary>
    public IReadOnlyCollection<SheetObject> Guests => _guests.Values;

    /// <summary>The objects that lie on this sheet first but may have no part on it: their rectangle does.</summary>
    public IReadOnlyCollection<SheetObject> Doubtful => _doubtful.Values;

    /// <summary>How many objects there are besides those: whoever asks for the whole sheet gets them from it.</summary>
    public int Own => _inOrder.Count - _guests.Count - _doubtful.Count;

    /// <summary>Whether who asks for a rectangle asks the first sheet of every guest: then none is given here. False says nothing.</summary>
    public bool AreAllAtHomeIn(BoundingBox box) => box.Contains(_homes);

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
        _guests.Remove(id);
        _doubtful.Remove(id);
        if (entered.Sheets is not [var home, ..] || home != sheet)
        {
            _guests.Add(id, entered);
            _homes = entered.Sheets is [] ? BoundingBox.World : _homes.Around(BoundingBox.Of(graticule, entered.Sheets[0]));
        }
        else if (!entered.Touches(_ground))
        {
            _doubtful.Add(id, entered);
        }
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
