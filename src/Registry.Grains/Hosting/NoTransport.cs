using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace Registry.Grains.Hosting;

/// <summary>
/// The network of a silo that is a cluster by itself: it opens no port, and leads nowhere. A port, be it on loopback alone, lets in every
/// process of the machine that speaks Orleans's protocol: as a client, or as a silo of the cluster.
/// </summary>
internal sealed class NoTransport : IConnectionListenerFactory, IConnectionFactory
{
    /// <summary>Takes the place of whatever Orleans would listen and connect with.</summary>
    /// <exception cref="InvalidOperationException">Orleans keeps its transports elsewhere: it is of another version.</exception>
    public static void Replace(IServiceCollection services)
    {
        // The keys are Orleans's own secret; under each, what is registered last counts.
        var places = services.Where(service => service.IsKeyedService
            && (service.ServiceType == typeof(IConnectionListenerFactory) || service.ServiceType == typeof(IConnectionFactory))).ToList();
        if (places.Count == 0)
            throw new InvalidOperationException("Orleans has no transport under a key, so that the silo would open ports.");
        var nothing = new NoTransport();
        foreach (var place in places)
            services.Add(new ServiceDescriptor(place.ServiceType, place.ServiceKey, nothing));
    }

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IConnectionListener>(new NobodyComes(endpoint));

    /// <inheritdoc/>
    public ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        throw new InvalidOperationException($"A silo that is a cluster by itself connects to nobody; {endpoint} was asked for.");

    private sealed class NobodyComes(EndPoint endpoint) : IConnectionListener
    {
        private readonly TaskCompletionSource _unbound = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public EndPoint EndPoint => endpoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            await _unbound.Task.WaitAsync(cancellationToken);
            return null;
        }

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            _unbound.TrySetResult();
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => UnbindAsync();
    }
}
