using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Registry.Clients.Tests.Qgis;

/// <summary>QGIS's provider of OGC API - Features and its writer of files, without a screen, by QGIS's own Python.</summary>
internal static class QgisProvider
{
    // The distribution's own, for which its QGIS is made; another may stand before it in the path.
    private const string Python = "/usr/bin/python3";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Why it cannot be used; null when it can.</summary>
    public static string? WhyNot { get; } = Find();

    /// <summary>Reads a layer as QGIS does.</summary>
    /// <param name="root">The address of the registry.</param>
    /// <param name="collection">The collection.</param>
    /// <param name="rectangle">West, south, east and north; none for all.</param>
    /// <returns>What the script beside this file found.</returns>
    public static async Task<JsonElement> Read(string root, string collection, params string[] rectangle)
    {
        using var process = Start([Script("read_layer.py"), root, collection, .. rectangle]);
        var output = process.StandardOutput.ReadToEndAsync();
        var complaints = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Limit);
        Assert.True(process.ExitCode == 0, await complaints);
        return JsonDocument.Parse((await output).TrimEnd().Split('\n')[^1]).RootElement;
    }

    /// <summary>Saves a layer as QGIS does.</summary>
    /// <param name="points">Its points, as the script beside this file takes them.</param>
    /// <param name="arguments">The path, the driver, the reference system, the encoding, and options of the layer.</param>
    public static async Task Write(string points, string[] arguments)
    {
        using var process = Start([Script("write_layer.py"), .. arguments]);
        var complaints = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(points);
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(Limit);
        Assert.True(process.ExitCode == 0, await complaints);
    }

    private static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "Qgis", name);

    private static string? Find()
    {
        const string reason = "QGIS's Python is not installed (Debian: apt-get install python3-qgis).";
        try
        {
            using var process = Start(["-c", "import qgis.core"]);
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : reason;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return reason;
        }
    }

    private static Process Start(string[] arguments) => Process.Start(new ProcessStartInfo(Python, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        RedirectStandardInput = true,
        StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Environment = { ["QT_QPA_PLATFORM"] = "offscreen" },
    })!;
}

/// <summary>A test that needs QGIS, and is skipped with the reason where it is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class QgisFactAttribute : FactAttribute
{
    public QgisFactAttribute() => Skip = QgisProvider.WhyNot;
}

/// <summary>A test of several cases that needs QGIS, and is skipped with the reason where it is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class QgisTheoryAttribute : TheoryAttribute
{
    public QgisTheoryAttribute() => Skip = QgisProvider.WhyNot;
}
