namespace Registry.Core.Filters;

/// <summary>What was made of something and need not be made again. It is no part of what it stands in: two are always equal.</summary>
/// <remarks>One reference wide, so that threads may read and write it at once; the last one written stays.</remarks>
/// <typeparam name="T">What was made.</typeparam>
internal readonly struct Remembered<T> : IEquatable<Remembered<T>>
    where T : class
{
    private readonly Tuple<object, T>? _made;

    public Remembered(object of, T made) => _made = Tuple.Create(of, made);

    /// <summary>What was made of exactly this object; null when nothing was.</summary>
    public T? Of(object source) => _made is { } made && ReferenceEquals(made.Item1, source) ? made.Item2 : null;

    public bool Equals(Remembered<T> other) => true;

    public override bool Equals(object? obj) => obj is Remembered<T>;

    public override int GetHashCode() => 0;
}
