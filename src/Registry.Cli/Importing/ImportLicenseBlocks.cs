using System.CommandLine;
using Registry.Cli.Commands;

namespace Registry.Cli.Importing;

/// <summary><c>registry import license-blocks</c></summary>
internal static class ImportLicenseBlocks
{
    /// <summary>The command.</summary>
    public static Command Command(Surroundings around)
    {
        var command = new Command("license-blocks", "Apply for the license blocks of a GeoJSON FeatureCollection.");
        var options = new ImportOptions(around, command, "A GeoJSON file, its features with kind, cells or a geometry, commodities, holder");
        command.SetAction(async (parsed, cancellation) =>
        {
            var request = options.Read(parsed);
            await using var file = request.OpenFile();
            var table = await FeatureRows.Read(file, FeatureKind.LicenseBlocks, request, cancellation);
            return await new Import(around, request).Run("license-blocks", table, cancellation);
        });
        return command;
    }
}
