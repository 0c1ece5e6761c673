using NetTopologySuite.Index;
using NetTopologySuite.Index.HPRtree;

namespace Registry.Actors.Ground;

/// <summary>
/// The objects of one collection on one sheet, by place and in the order of first registration. A packed Hilbert R-tree
/// (NetTopologySuite's) answers for what it was built from; what came since stands in a short list beside it until the tree is
/// built anew.
/// </summary>
internal sealed class ObjectIndex
{
    private const int LeastPending = 64;

    private readonly List<Slot> _inOrder = [];
    private readonly Dictionary<string, Slot> _byId = [];
    private HPRtree<Slot> _tree = new();
    private List<Slot> _pending = [];

    /// <summary>How many objects.</summary>
    public int Count => _inOrder.Count;

    /// <summary>The object of an id.</summary>
    public SheetObject? Find(string id) => _byId.TryGetValue(id, out var slot) ? slot.Object : null;

    /// <summary>Enters an object, or a new version of it.</summary>
    public void Put(SheetObject entered)
    {
        if (!_byId.TryGetValue(entered.Stream.Id, out var slot))
        {
            slot = new Slot(entered);
            _byId.Add(entered.Stream.Id, slot);
            var place = _inOrder.FindLastIndex(other => other.Object.Order < entered.Order);
            _inOrder.Insert(place + 1, slot);
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

        if (_pending.Count > LeastPending && _pending.Count > _inOrder.Count / 8)
            Rebuild();
    }

    /// <summary>The objects whose order is above <paramref name="after"/>, in that order.</summary>
    public IEnumerable<SheetObject> InOrder(long after)
    {
        for (var i = after == 0 ? 0 : _inOrder.FindLastIndex(slot => slot.Object.Order <= after) + 1; i < _inOrder.Count; i++)
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
