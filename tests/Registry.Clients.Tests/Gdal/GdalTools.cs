using System.Diagnostics;

namespace Registry.Clients.Tests.Gdal;

/// <summary>GDAL's command line tools, as the distribution has them.</summary>
internal static class GdalTools
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Why they cannot be used; null when they can.</summary>
    public static string? WhyNot { get; } = Find();

    /// <summary>Runs a tool, and fails the test where it reports an error.</summary>
    /// <param name="tool"><c>ogrinfo</c> or <c>ogr2ogr</c>.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>What it wrote.</returns>
    public static async Task<string> Run(string tool, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var complaints = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Limit);
        // Warnings tell of the format that is written: that it has no dates, or that the input names no reference system.
        Assert.True(process.ExitCode == 0 && !(await complaints).Contains("ERROR", StringComparison.Ordinal), $"{tool} {string.Join(' ', arguments)}: {await complaints}");
        return await output;
    }

    /// <summary>Runs a tool and tells what it asked for.</summary>
    /// <inheritdoc cref="Run"/>
    /// <returns>What it wrote, and the lines of its log that name an address.</returns>
    public static async Task<(string Output, IReadOnlyList<string> Requests)> Watch(string tool, params string[] arguments)
    {
        var start = new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["CPL_DEBUG"] = "HTTP";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var log = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Limit);
        Assert.True(process.ExitCode == 0 && !log.Contains("ERROR", StringComparison.Ordinal), $"{tool} {string.Join(' ', arguments)}: {log}");
        return (await output, [.. log.Split('\n').Where(line => line.Contains("Fetch(", StringComparison.Ordinal))]);
    }

    private static string? Find()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("ogrinfo", ["--formats"]) { RedirectStandardOutput = true })!;
            var formats = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return formats.Contains("OAPIF", StringComparison.Ordinal) ? null : "This GDAL has no driver for OGC API - Features.";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "GDAL is not installed (Debian: apt-get install gdal-bin).";
        }
    }
}

/// <summary>A test that needs GDAL's tools, and is skipped with the reason where they are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GdalFactAttribute : FactAttribute
{
    public GdalFactAttribute() => Skip = GdalTools.WhyNot;
}

/// <summary>A test of several cases that needs GDAL's tools, and is skipped with the reason where they are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GdalTheoryAttribute : TheoryAttribute
{
    public GdalTheoryAttribute() => Skip = GdalTools.WhyNot;
}
