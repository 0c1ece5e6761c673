using NetTopologySuite.Index;
using NetTopologySuite.Index.HPRtree;
using Registry.Core.Ground;

namespace Registry.Actors.Ground;

/// <summary>
/// The objects of one collection on one sheet, by place and in the order of first registration. A packed Hilbert R-tree
/// (NetTopologySuite's) answers for what it was built from; what came since stands in a short list beside it until the tree is
/// built anew.
/// </summary>
/// <param name="sheet">The sheet.</param>
/// <param name="ground">The sheet's rectangle.</param>
internal sealed class ObjectIndex(SheetId sheet, BoundingBox ground)
{
    private const int LeastPending = 64;

    private readonly List<Slot> _inOrder = [];
    private readonly Dictionary<string, Slot> _byId = [];
    private readonly HashSet<Slot> _strangers = [];
    private HPRtree<Slot> _tree = new();
    private List<Slot> _pending = [];

    /// <summary>How many objects.</summary>
    public int Count => _inOrder.Count;

    /// <summary>
    /// The objects of which the sheet must ask whether it gives them. All others lie on it first and have a part on it: whoever asks for
    /// the whole sheet gets them from it.
    /// </summary>
    public IEnumerable<SheetObject> Strangers => _strangers.Select(slot => slot.Object);

    /// <summary>How many objects are no strangers.</summary>
    public int Own => _inOrder.Count - _strangers.Count;

    /// <summary>The object of an id.</summary>
    public SheetObject? Find(string id) => _byId.TryGetValue(id, out var slot) ? slot.Object : null;

    /// <summary>Enters an object, or a new version of it.</summary>
    public void Put(SheetObject entered)
    {
        if (!_byId.TryGetValue(entered.Stream.Id, out var slot))
        {
            slot = new Slot(entered);
            _byId.Add(entered.Stream.Id, slot);
            _inOrder.Insert(FirstAfter(entered.Order), slot);
            _pending.Add(slot);
        }
        else
        {
            if (slot.Object.Box != entered.Box && !slot.IsPending)
            {
                slot.IsPending = true;
                _pending.Add(slot);
            }

            slot.Object = entered;
        }

        if (IsOwn(entered))
            _strangers.Remove(slot);
        else
            _strangers.Add(slot);
        if (_pending.Count > LeastPending && _pending.Count > _inOrder.Count / 8)
            Rebuild();
    }

    /// <summary>The objects whose order is above <paramref name="after"/>, in that order.</summary>
    public IEnumerable<SheetObject> InOrder(long after)
    {
        for (var i = FirstAfter(after); i < _inOrder.Count; i++)
            yield return _inOrder[i].Object;
    }

    /// <summary>Adds the objects whose rectangle meets a rectangle, in no order.</summary>
    public void Query(BoundingBox box, List<SheetObject> found)
    {
        if (_tree.Count > 0)
            _tree.Query(box.ToEnvelope(), new Visitor(found));
        foreach (var slot in _pending)
        {
            if (slot.Object.Box.Intersects(box))
                found.Add(slot.Object);
        }
    }

    private bool IsOwn(SheetObject entered) => entered.Sheets is [var first, ..] && first == sheet && entered.Touches(ground);

    /// <summary>The place of the first object whose order is above one.</summary>
    private int FirstAfter(long order)
    {
        var (low, high) = (0, _inOrder.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_inOrder[middle].Object.Order > order)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }

    private void Rebuild()
    {
        var tree = new HPRtree<Slot>();
        foreach (var slot in _inOrder)
        {
            slot.IsPending = false;
            tree.Insert(slot.Object.Box.ToEnvelope(), slot);
        }

        _tree = tree;
        _pending = [];
    }

    private sealed class Slot(SheetObject first)
    {
        public SheetObject Object { get; set; } = first;

        /// <summary>Whether the tree knows it under a rectangle that is no longer its own, or not at all.</summary>
        public bool IsPending { get; set; } = true;
    }

    private sealed class Visitor(List<SheetObject> found) : IItemVisitor<Slot>
    {
        public void VisitItem(Slot item)
        {
            if (!item.IsPending)
                found.Add(item.Object);
        }
    }
}
