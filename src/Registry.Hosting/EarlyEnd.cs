using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace Registry.Hosting;

/// <summary>
/// Ends the process when it is asked to (SIGTERM, SIGINT) before its host has begun to start, which listens from then on: while settings
/// are read, and while it waits for its database. Nothing was acknowledged yet that could be lost.
/// </summary>
/// <remarks>
/// The first process of a container is deaf unless it listens: the kernel lets no signal end it by default. It would start all the same,
/// and be killed at the end of its grace period, as an active member of the cluster. This is the first thing that a program does; the
/// runtime's own start before it, a tenth of a second, is for the container to cover, with an init process.
/// </remarks>
public sealed class EarlyEnd : IHostedLifecycleService, IDisposable
{
    // What a shell says of a process that a signal ended.
    private const int Signalled = 128;

    private readonly PosixSignalRegistration _terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => End(Signalled + 15));
    private readonly PosixSignalRegistration _interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => End(Signalled + 2));

    /// <inheritdoc/>
    /// <remarks>The first that a host calls of its services, when they all are made and it listens itself.</remarks>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose()
    {
        _terminated.Dispose();
        _interrupted.Dispose();
    }

    private static void End(int code)
    {
        Console.Error.WriteLine("The process was asked to end before it had started.");
        Environment.Exit(code);
    }
}
