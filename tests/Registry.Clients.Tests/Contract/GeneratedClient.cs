using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;
using NSwag.CodeGeneration.OperationNameGenerators;

namespace Registry.Clients.Tests.Contract;

/// <summary>The client that NSwag generates from the contract, compiled with a program that uses it.</summary>
internal static class GeneratedClient
{
    private const string Usings = """
        global using System; global using System.Collections.Generic; global using System.Linq; global using System.Threading.Tasks;
        """;

    /// <summary>Generates and compiles it, and fails the test where the compiler complains.</summary>
    /// <param name="contract">The path of the contract, OpenAPI 3.0 in JSON.</param>
    /// <param name="program">The path of the program.</param>
    public static async Task<Assembly> Compile(string contract, string program)
    {
        var generator = new CSharpClientGenerator(await OpenApiDocument.FromJsonAsync(await File.ReadAllTextAsync(contract)), new CSharpClientGeneratorSettings
        {
            ClassName = "RegistryClient",
            UseBaseUrl = false,
            GenerateOptionalParameters = true,
            OperationNameGenerator = new SingleClientFromOperationIdOperationNameGenerator(),
            CSharpGeneratorSettings =
            {
                Namespace = "Generated",
                // By System.Text.Json the generated client would send `Exploration` for `exploration`.
                JsonLibrary = CSharpJsonLibrary.NewtonsoftJson,
                GenerateNullableReferenceTypes = true,
                GenerateOptionalPropertiesAsNullable = true,
            },
        });
        var texts = new[] { Usings, generator.GenerateFile(), await File.ReadAllTextAsync(program) };
        var framework = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var compilation = CSharpCompilation.Create(
            "GeneratedClient",
            texts.Select(text => CSharpSyntaxTree.ParseText(text)),
            framework.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var compiled = new MemoryStream();
        var result = compilation.Emit(compiled);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error)));
        return Assembly.Load(compiled.ToArray());
    }
}
