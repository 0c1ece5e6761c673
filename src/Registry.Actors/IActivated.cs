namespace Registry.Actors;

/// <summary>An actor that must prepare before its first message. Its host waits for it, and discards the activation if it fails.</summary>
public interface IActivated
{
    /// <summary>Prepares the actor.</summary>
    Task Activate();
}
