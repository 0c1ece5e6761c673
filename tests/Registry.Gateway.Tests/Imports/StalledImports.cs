using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Registry.Actors.Journal;
using Registry.Storage.InMemory;
using Registry.Testing;

namespace Registry.Gateway.Tests.Imports;

/// <summary>Imports that are taken and do not get on before they are let: their content is not given to whoever carries them out.</summary>
internal sealed class StalledImports
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Stands before the journal of a registry that is built with it.</summary>
    public void Stand(IServiceCollection services)
    {
        services.RemoveAll<IJournal>();
        services.AddSingleton<IJournal>(provider => new Stalled(ActivatorUtilities.CreateInstance<InMemoryJournal>(provider), _released.Task));
    }

    /// <summary>Lets them get on.</summary>
    public void Release() => _released.TrySetResult();

    private sealed class Stalled(IJournal journal, Task released) : ForwardedJournal(journal)
    {
        public override async Task<byte[]?> LoadPart(string content, int part)
        {
            await released;
            return await Journal.LoadPart(content, part);
        }
    }
}
