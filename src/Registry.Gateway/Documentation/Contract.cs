using Registry.Gateway.Hosting;

namespace Registry.Gateway.Documentation;

/// <summary>The description of the HTTP contract as this registry serves it, read once, when it is first asked for.</summary>
/// <param name="settings">Say under which address the registry is known.</param>
internal sealed class Contract(RegistrySettings settings)
{
    private readonly Lazy<Task<OpenApiDocuments>> _documents = new(
        () => OpenApiDocuments.Load(settings.PublicUrl?.AbsoluteUri.TrimEnd('/') ?? "/"));

    /// <summary>The documents.</summary>
    public Task<OpenApiDocuments> Documents => _documents.Value;
}
