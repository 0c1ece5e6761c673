namespace Registry.Grains.Wire;

/// <summary>A message that a process of another release wrote, and this one cannot read.</summary>
internal static class OtherRelease
{
    /// <summary>
    /// The exception for it: one of Orleans's own, because every release knows those. Callers take it for a call without an answer
    /// (<see cref="Unanswered"/>), which may be made again: by then another process may answer.
    /// </summary>
    /// <param name="what">What was read, to go into a sentence.</param>
    /// <param name="cause">Why it could not be read, where that says more.</param>
    public static OrleansException Wrote(string what, Exception? cause = null) =>
        new($"A process of another release sent {what}, which this one does not know.", cause!);
}
