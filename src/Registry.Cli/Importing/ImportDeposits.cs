using System.CommandLine;
using System.Text;
using Registry.Cli.Commands;
using Registry.Core.Countries;
using Registry.Formats.Encodings;

namespace Registry.Cli.Importing;

/// <summary><c>registry import deposits</c></summary>
internal static class ImportDeposits
{
    private const string RegimeVariable = "Registry__Regime";

    /// <summary>The command.</summary>
    public static Command Command(Surroundings around)
    {
        var command = new Command("deposits", "Register deposits from a CSV table or a GeoJSON FeatureCollection.");
        var options = new ImportOptions(around, command, "A file that ends in .csv, .geojson or .json");
        var regime = new Option<string>("--regime")
        {
            Description = "The registry's regime, whose outline a CSV table's points are checked against",
            DefaultValueFactory = _ => around.Variable(RegimeVariable) ?? Regimes.Codes[0],
        };
        command.Add(regime);
        var encoding = new Option<string?>("--encoding") { Description = "What a CSV table is in where it is not UTF-8: windows-1251, cp866, gbk, ..." };
        command.Add(encoding);
        command.SetAction(async (parsed, cancellation) =>
        {
            var request = options.Read(parsed);
            var table = await Read(request, EncodingOf(parsed.GetValue(encoding)), parsed.GetRequiredValue(regime), cancellation);
            return await new Import(around, request).Run("deposits", table, cancellation);
        });
        return command;
    }

    private static Encoding? EncodingOf(string? name) => name is null ? null
        : TextEncodings.Find(name) ?? throw new CommandFault($"There is no encoding '{name}'; names are as windows-1251, cp866, gbk.", ExitCodes.Usage);

    private static async Task<SourceTable> Read(ImportRequest request, Encoding? encoding, string regime, CancellationToken cancellation)
    {
        await using var file = request.OpenFile();
        return request.File.Extension.ToLowerInvariant() switch
        {
            ".csv" when request.System is not null => throw new CommandFault(
                "A CSV table has degrees of WGS 84 in lat and lon: --crs is for GeoJSON.", ExitCodes.Usage),
            ".csv" => DepositRows.Read(file, encoding, Regimes.Find(regime) ?? throw new CommandFault(
                $"There is no regime '{regime}', only {string.Join(", ", Regimes.Codes)}.", ExitCodes.Usage)),
            ".geojson" or ".json" => await FeatureRows.Read(file, FeatureKind.Deposits, request, cancellation),
            _ => throw new CommandFault($"{request.File.Name} ends neither in .csv nor in .geojson.", ExitCodes.Usage),
        };
    }
}
