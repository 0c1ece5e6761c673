using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Registry.Hosting;

/// <summary>
/// Has a process of the cluster serve on for a while after it was asked to end (SIGTERM), with its readiness red: load balancers and
/// Kubernetes's endpoints take notice only some seconds later, and send it requests until then.
/// </summary>
/// <param name="span">For how long.</param>
public sealed class Draining(TimeSpan span) : IHostedLifecycleService
{
    /// <summary>What everything that runs in the process may take after that to come to its end. Kubernetes is told a little more.</summary>
    public static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    /// <remarks>Called before anything is stopped; the host cancels it when the limit for all of its end has passed.</remarks>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.Delay(span, cancellationToken);

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Registers it.</summary>
public static class DrainingSetup
{
    /// <summary>Has the process serve on for a span after it was asked to end, and gives it <see cref="Draining.StopLimit"/> more.</summary>
    public static IServiceCollection AddDraining(this IServiceCollection services, TimeSpan span) => services
        .AddSingleton<IHostedService>(new Draining(span))
        .Configure<HostOptions>(options => options.ShutdownTimeout = span + Draining.StopLimit);
}
