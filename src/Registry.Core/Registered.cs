namespace Registry.Core;

/// <summary>A place in the one order of everything that was ever registered.</summary>
/// <param name="Sequence">Gap-free, from 1.</param>
/// <param name="At">When, in UTC; never before the instant of the sequence before it.</param>
public readonly record struct Stamp(long Sequence, DateTimeOffset At);

/// <summary>The state of an object with its places in the journal.</summary>
/// <param name="State">The object as it stands.</param>
/// <param name="Version">How many changes it has had; its ETag.</param>
/// <param name="First">Where it was first registered: for a license block, its place in the order of filing.</param>
/// <param name="Last">Where it last changed.</param>
/// <typeparam name="TState">The kind of object.</typeparam>
public sealed record Registered<TState>(TState State, long Version, Stamp First, Stamp Last)
    where TState : class;
