using System.Text.Json;
using Registry.Gateway.Tests.Acceptance;

namespace Registry.Clients.Tests.Contract;

/// <summary>The contract as other people's tools read it.</summary>
public sealed class ContractTests : IAsyncLifetime, IDisposable
{
    private static readonly string[] s_cells = ["M-44-86-(10в-5а-12)", "M-44-86-(10в-5а-14)", "M-44-86-(10в-5а-16)"];

    private readonly TemporaryDirectory _data = new();
    private readonly TemporaryDirectory _work = new();
    private RegistryProcess? _registry;

    private string Contract => Path.Combine(_work.Path, "api.json");

    private string Root => _registry!.Address.ToString().TrimEnd('/');

    public async Task InitializeAsync()
    {
        _registry = await RegistryProcess.Start(_data.Path);
        using var client = _registry.Client();
        await File.WriteAllBytesAsync(Contract, await client.GetByteArrayAsync(new Uri("/api", UriKind.Relative)));
    }

    public async Task DisposeAsync()
    {
        if (_registry is not null)
            await _registry.DisposeAsync();
    }

    public void Dispose()
    {
        _data.Dispose();
        _work.Dispose();
    }

    [NpmFact]
    public async Task Redocly_finds_nothing_by_its_recommended_rules()
    {
        var said = JsonDocument.Parse(await NodePackages.Run(
            _work.Path, "redocly", "lint", "api.json", "--extends=recommended", "--format=json")).RootElement;
        Assert.Equal("", string.Join('\n', said.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("message").GetString())));
    }

    [NpmFact]
    public async Task A_TypeScript_client_files_applications_pages_and_reads_a_problem()
    {
        NodePackages.OpenTo(_work.Path);
        await File.WriteAllTextAsync(Path.Combine(_work.Path, "package.json"), """{"type": "module"}""");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Contract", "client.ts"), Path.Combine(_work.Path, "client.ts"));
        await NodePackages.Run(_work.Path, "openapi-typescript", "api.json", "-o", "registry.ts");
        await NodePackages.Run(_work.Path, "tsc", "--strict", "--module", "nodenext", "--target", "es2022", "--skipLibCheck", "client.ts");
        FiledAndRefused(await NodePackages.Run(_work.Path, "node", ["client.js", Root, .. s_cells]));
    }

    [Fact]
    public async Task A_CSharp_client_files_applications_pages_and_reads_a_problem()
    {
        var assembly = await GeneratedClient.Compile(Contract, Path.Combine(AppContext.BaseDirectory, "Contract", "client.cs"));
        using var applicant = _registry!.Client("dev-applicant-a");
        FiledAndRefused(await (Task<string>)assembly.GetType("Client")!.GetMethod("Run")!.Invoke(null, [applicant, s_cells])!);
    }

    // What a client says it did: {filed, found, problem, conflict}.
    private static void FiledAndRefused(string said)
    {
        var told = JsonDocument.Parse(said).RootElement;
        var filed = Texts(told.GetProperty("filed"));
        Assert.Equal(s_cells.Length, filed.Count);
        Assert.Equal(filed.Order(StringComparer.Ordinal), Texts(told.GetProperty("found")).Order(StringComparer.Ordinal));
        Assert.Equal("/problems/ground-taken", told.GetProperty("problem").GetString());
        Assert.Equal(filed[0], told.GetProperty("conflict").GetString());
    }

    private static List<string> Texts(JsonElement array) => [.. array.EnumerateArray().Select(text => text.GetString()!)];
}
