using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Registry.Formats.VectorTile;

namespace Registry.Gateway.Tests.Tiles;

/// <summary>
/// The reference decoder of vector tiles, @mapbox/vector-tile, run by Node.js: installed with npm, once, into a directory of its own,
/// in the versions of <c>Decoder/package-lock.json</c>.
/// </summary>
internal static class IndependentDecoder
{
    private static readonly string Installed = Path.Combine(AppContext.BaseDirectory, "Tiles", "Decoder");

    /// <summary>Why tiles cannot be decoded here; null when they can.</summary>
    public static string? WhyNot { get; } = FindWhyNot();

    /// <summary>Decodes tiles: for each, its layers as <c>decode.mjs</c> writes them.</summary>
    public static Dictionary<TileAddress, JsonElement> Decode(IEnumerable<(TileAddress Address, byte[] Bytes)> tiles)
    {
        var directory = Directory.CreateTempSubdirectory("registry-tiles-");
        try
        {
            foreach (var (address, bytes) in tiles)
                File.WriteAllBytes(Path.Combine(directory.FullName, $"{address.Zoom}-{address.Column}-{address.Row}.mvt"), bytes);
            var (exitCode, output) = Run("node", "decode.mjs", directory.FullName) ?? throw new InvalidOperationException("node vanished.");
            Assert.True(exitCode == 0, output);
            return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)
                .ToDictionary(tile => Address(tile.GetProperty("tile").GetString()!), tile => tile.GetProperty("layers"));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static TileAddress Address(string file)
    {
        var numbers = Path.GetFileNameWithoutExtension(file).Split('-').Select(int.Parse).ToArray();
        return new TileAddress(numbers[0], numbers[1], numbers[2]);
    }

    private static string? FindWhyNot()
    {
        if (Run("node", "--version") is not { ExitCode: 0 })
            return "Node.js is not installed.";
        if (Run("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline") is not { } npm)
            return "npm is not installed.";
        return npm.ExitCode == 0 ? null : "npm could not install the decoder.";
    }

    private static (int ExitCode, string Output)? Run(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Installed,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            // Both at once: a command that fills one pipe would wait for ever while the other is read.
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, process.ExitCode == 0 ? output : errors.GetAwaiter().GetResult());
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}

/// <summary>A test that needs the independent decoder; skipped where Node.js or npm is missing, or npm reaches no registry.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DecoderFactAttribute : FactAttribute
{
    public DecoderFactAttribute() => Skip = IndependentDecoder.WhyNot;
}
