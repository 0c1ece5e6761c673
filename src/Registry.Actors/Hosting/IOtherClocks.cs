using Registry.Actors.Contracts;

namespace Registry.Actors.Hosting;

/// <summary>The clocks of the other processes of the registry, in development, where <see cref="DevelopmentClock"/> can be moved.</summary>
public interface IOtherClocks
{
    /// <summary>Moves the clock of this process to where another one was moved, if it was. One that does not answer is passed over.</summary>
    Task KeepUp();

    /// <summary>Tells the others how far the clock of this process is ahead, and moves it to where theirs are.</summary>
    /// <returns>False where theirs are the machine's and cannot be moved.</returns>
    /// <exception cref="ActorUnavailableException">They did not answer.</exception>
    Task<bool> Meet();
}
