namespace Registry.Core.Ground;

/// <summary>A corner of the graticule: columns east of 180 W and rows north of the south pole. It is the south-west corner of the cell of that name.</summary>
public readonly record struct Vertex(int Column, int Row);

/// <summary>One connected piece of an outline.</summary>
/// <param name="shell">Its outer ring.</param>
/// <param name="holes">Its inner rings.</param>
/// <remarks>
/// Rings are open: the first vertex is not repeated at the end. Each begins at its southernmost vertex, the westernmost of those. Shells
/// run counter-clockwise and holes clockwise, so the ground lies on the left hand. Every vertex is a corner: none is collinear, and no
/// ring passes a vertex twice. The arrays are shared and must not be changed.
/// </remarks>
public sealed class OutlinePolygon(Vertex[] shell, IReadOnlyList<Vertex[]> holes)
{
    /// <summary>The outer ring, counter-clockwise, at least four vertices.</summary>
    public Vertex[] Shell { get; } = shell;

    /// <summary>The inner rings, clockwise, at least four vertices each; in the order of their first vertices.</summary>
    public IReadOnlyList<Vertex[]> Holes { get; } = holes;
}
