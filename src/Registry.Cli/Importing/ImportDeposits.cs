using System.CommandLine;
using Registry.Core.Law;

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
        command.SetAction(async (parsed, cancellation) =>
        {
            var request = options.Read(parsed);
            var table = await Read(request, parsed.GetRequiredValue(regime), cancellation);
            return await new Import(around, request).Run("deposits", table, cancellation);
        });
        return command;
    }

    private static async Task<SourceTable> Read(ImportRequest request, string regime, CancellationToken cancellation)
    {
        await using var file = request.OpenFile();
        return request.File.Extension.ToLowerInvariant() switch
        {
            ".csv" => DepositRows.Read(file, Regimes.Find(regime) ?? throw new CommandFault(
                $"There is no regime '{regime}', only {string.Join(", ", Regimes.Codes)}.", ExitCodes.Usage)),
            ".geojson" or ".json" => await FeatureRows.Read(file, FeatureKind.Deposits, request.Source, cancellation),
            _ => throw new CommandFault($"{request.File.Name} ends neither in .csv nor in .geojson.", ExitCodes.Usage),
        };
    }
}
