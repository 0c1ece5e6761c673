using Registry.Actors.Contracts;

namespace Registry.Actors.Tests;

/// <summary>Something that runs actors until it is disposed.</summary>
public interface IActorsHost : IAsyncDisposable
{
    /// <summary>The actors.</summary>
    IActors Actors { get; }
}
