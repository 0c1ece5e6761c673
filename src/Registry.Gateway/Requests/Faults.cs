using Registry.Core;
using Registry.Gateway.Problems;

namespace Registry.Gateway.Requests;

/// <summary>What is wrong with a body, place by place, in the order in which it was found.</summary>
internal sealed class Faults
{
    // Reading stops mattering long before a body of a million bytes runs out of things to complain of.
    private const int Most = 50;

    private readonly List<FieldFault> _faults = [];

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsEmpty => _faults.Count == 0;

    /// <summary>How many faults were noted.</summary>
    public int Count => _faults.Count;

    /// <summary>Notes a fault; beyond the first fifty they are dropped.</summary>
    /// <param name="pointer">The place, an RFC 6901 pointer; empty for the whole body.</param>
    /// <param name="detail">A sentence for the sender.</param>
    public void Add(string pointer, string detail)
    {
        if (_faults.Count < Most)
            _faults.Add(new FieldFault(pointer, detail));
    }

    /// <summary>Why the body is refused.</summary>
    public Refusal ToRefusal() => new(RefusalKind.Malformed, _faults[0].Detail) { Faults = _faults };

    /// <summary>The answer to the sender.</summary>
    public Problem ToProblem() => ToRefusal().ToProblem();
}
