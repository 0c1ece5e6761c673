using System.Diagnostics;

namespace Registry.Log.Tests.Verifiers;

/// <summary>A program that was run to its end.</summary>
/// <param name="ExitCode">What it said at its end.</param>
/// <param name="Output">What it wrote, to standard output and then to standard error.</param>
internal sealed record Tool(int ExitCode, string Output)
{
    // Generous: a busy machine fails nothing.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>The folder audit/ of the checkout.</summary>
    public static string Audit { get; } = Path.Combine(Root(), "audit");

    public static async Task<Tool> Run(IReadOnlyDictionary<string, string>? environment, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new Tool(process.ExitCode, await output + await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} did not end within {Limit}.");
        }
    }

    public static Task<Tool> Python(params string[] arguments) => Run(null, "python3", [Path.Combine(Audit, "audit.py"), .. arguments]);

    public static Task<Tool> Shell(params string[] arguments) => Run(null, Path.Combine(Audit, "verify-receipt.sh"), arguments);

    public static Task<Tool> Go(string cache, params string[] arguments) => Run(
        new Dictionary<string, string> { ["GO111MODULE"] = "off", ["GOPATH"] = "/usr/share/gocode", ["GOCACHE"] = cache, ["GOFLAGS"] = "" },
        "go", ["run", Path.Combine(Audit, "go", "main.go"), .. arguments]);

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Registry.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests were not built inside a checkout.");
        return folder;
    }
}
