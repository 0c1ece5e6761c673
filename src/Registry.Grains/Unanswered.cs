namespace Registry.Grains;

/// <summary>Tells a call of a grain that had no answer, and may have been carried out or not, from one that found a fault of ours.</summary>
/// <remarks>
/// What Orleans 10.4.2 throws, as its assemblies have it. On the way from a silo to its caller a rejection carries whatever exception the
/// silo met while it looked for the grain, so any of them can arrive anywhere.
/// </remarks>
public static class Unanswered
{
    /// <summary>Whether an exception of a grain call says that there was no answer.</summary>
    /// <param name="fault">What the call threw.</param>
    public static bool Is(Exception fault) => fault switch
    {
        // The silo died, ends, or is overloaded; no silo takes the grain; no gateway can be reached; a connection failed or was refused;
        // a message was passed on too often: they all are OrleansExceptions, OrleansMessageRejectionException and its heirs among them.
        OrleansException => true,
        // No answer in time, or no place for the grain in time.
        TimeoutException => true,
        // "Message expired before placement could complete", and connections while this process ends. Its token says whose cancellation it
        // is: Orleans's arrives without one, and only who has cancelled a call himself has one that is cancelled.
        OperationCanceledException cancelled => !cancelled.CancellationToken.IsCancellationRequested,
        // The client, or the silo of this process, was closed while it was called.
        ObjectDisposedException => true,
        _ => false,
    };
}
