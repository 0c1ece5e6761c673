using System.Diagnostics;

namespace Registry.Clients.Tests.Contract;

/// <summary>Programs of npm, of the versions that package-lock.json beside this file names. Tests install nothing: <c>.ci/run</c> does.</summary>
internal static class NodePackages
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    private static readonly string s_installed = Path.Combine(Root(), "artifacts", "npm", "node_modules");

    /// <summary>Why there are none; null when they are installed.</summary>
    public static string? WhyNot { get; } = Directory.Exists(Path.Combine(s_installed, ".bin"))
        ? null
        : "There is no artifacts/npm/node_modules: `npm ci` makes it in a copy of tests/Registry.Clients.Tests/Contract/package*.json, and so does .ci/run.";

    /// <summary>Lets the programs of a directory find the packages.</summary>
    public static void OpenTo(string directory) =>
        Directory.CreateSymbolicLink(Path.Combine(directory, "node_modules"), s_installed);

    /// <summary>Runs a program of a package, and fails the test where it fails.</summary>
    /// <param name="directory">Where it runs.</param>
    /// <param name="program">Its name, such as <c>tsc</c>; <c>node</c> for Node.js itself.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>What it wrote to standard output.</returns>
    public static async Task<string> Run(string directory, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program == "node" ? program : Path.Combine(s_installed, ".bin", program), arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Redocly asks its makers for newer versions, and tells them that it was run.
            Environment = { ["REDOCLY_TELEMETRY"] = "off", ["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true" },
        })!;
        var (output, complaints) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.WaitForExitAsync().WaitAsync(s_limit);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }

        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {await output}{await complaints}");
        return await output;
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Registry.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests were not built inside a checkout.");
        return folder;
    }
}

/// <summary>A test that needs programs of npm, and is skipped with the reason where they are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NpmFactAttribute : FactAttribute
{
    public NpmFactAttribute() => Skip = NodePackages.WhyNot;
}
