using System.ComponentModel;
using System.Diagnostics;

namespace Registry.Deployment.Tests.Tools;

/// <summary>What a command of this machine said.</summary>
internal sealed record Command(int ExitCode, string Output, string Errors)
{
    private static readonly Dictionary<string, string> AsItIs = [];

    /// <summary>Runs a command to its end in the repository's top directory.</summary>
    /// <returns>What it said; null when there is no such command.</returns>
    public static Command? Run(string program, params IEnumerable<string> arguments) => Run(AsItIs, program, arguments);

    /// <summary>The same with variables of its own, beside those of this process.</summary>
    public static Command? Run(IReadOnlyDictionary<string, string> environment, string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            // Both at once: a command that fills one pipe would wait for ever while the other is read.
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return new Command(process.ExitCode, output, errors.GetAwaiter().GetResult());
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
