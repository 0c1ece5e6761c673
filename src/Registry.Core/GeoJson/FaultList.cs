namespace Registry.Core.GeoJson;

/// <summary>Faults in the order in which they were found, up to a number.</summary>
internal sealed class FaultList(int most)
{
    private readonly List<GeometryFault> _faults = [];

    /// <summary>Whether nothing is at fault.</summary>
    public bool IsEmpty => _faults.Count == 0;

    /// <summary>Whether further faults would not be reported, so that looking for them is idle.</summary>
    public bool IsFull => _faults.Count >= most;

    /// <summary>Adds a fault, unless the list is full.</summary>
    public void Add(string pointer, string detail)
    {
        if (!IsFull)
            _faults.Add(new GeometryFault(pointer, detail));
    }

    /// <summary>Adds the fault of a geometry to those of the object that holds it at a place.</summary>
    public void AddUnder(string pointer, GeometryFault fault) => Add(pointer + fault.Pointer, fault.Detail);

    /// <summary>The faults.</summary>
    public GeometryFault[] ToArray() => [.. _faults];
}
