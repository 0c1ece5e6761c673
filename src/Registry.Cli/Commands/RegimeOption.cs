using System.CommandLine;
using Registry.Core.Countries;
using Registry.Core.Law;

namespace Registry.Cli.Commands;

/// <summary>The option that says which law a registry has.</summary>
internal static class RegimeOption
{
    private const string RegimeVariable = "Registry__Regime";

    /// <summary>The option, which a command gets.</summary>
    public static Option<string> Of(Surroundings around, Command command)
    {
        var regime = new Option<string>("--regime")
        {
            Description = $"The law: {string.Join(", ", Regimes.Codes)}",
            HelpName = "code",
            DefaultValueFactory = _ => around.Variable(RegimeVariable) ?? Regimes.Codes[0],
        };
        command.Add(regime);
        return regime;
    }

    /// <summary>The law that was named.</summary>
    /// <exception cref="CommandFault">There is none of that code.</exception>
    public static Regime Read(ParseResult parsed, Option<string> regime) =>
        Regimes.Find(parsed.GetRequiredValue(regime)) ?? throw new CommandFault(
            $"There is no regime '{PlainText.Of(parsed.GetRequiredValue(regime))}', only {string.Join(", ", Regimes.Codes)}.", ExitCodes.Usage);
}
