using System.CommandLine;
using System.CommandLine.Invocation;

namespace Registry.Cli.Commands;

/// <summary>Carries out what was typed, and turns what goes wrong into a line and an exit code.</summary>
internal static class CommandLine
{
    /// <summary>Runs a command.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static Task<int> Run(RootCommand root, IReadOnlyList<string> arguments) => Run(root, Surroundings.OfThisProcess, arguments);

    /// <summary>As <see cref="Run(RootCommand, IReadOnlyList{string})"/>, in given surroundings.</summary>
    public static async Task<int> Run(RootCommand root, Surroundings around, IReadOnlyList<string> arguments)
    {
        var parsed = root.Parse(arguments);
        var configuration = new InvocationConfiguration
        {
            Output = around.Output,
            Error = around.Error,
            EnableDefaultExceptionHandler = false,
            // After Ctrl-C: time enough to write the report of what was done.
            ProcessTerminationTimeout = TimeSpan.FromSeconds(10),
        };
        try
        {
            var code = await parsed.InvokeAsync(configuration);
            return parsed.Action is ParseErrorAction ? ExitCodes.Usage : code;
        }
        catch (CommandFault fault)
        {
            await around.Error.WriteLineAsync(fault.Message);
            return fault.ExitCode;
        }
        catch (OperationCanceledException)
        {
            await around.Error.WriteLineAsync("Stopped.");
            return ExitCodes.Failed;
        }
    }
}
