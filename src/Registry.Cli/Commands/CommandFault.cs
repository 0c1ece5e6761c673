namespace Registry.Cli.Commands;

/// <summary>A command cannot go on, for a reason that is no fault of the program. The message is for the user and is printed alone.</summary>
/// <param name="message">What is wrong and, where it is not plain, what to do.</param>
/// <param name="exitCode">One of <see cref="ExitCodes"/>.</param>
internal sealed class CommandFault(string message, int exitCode = ExitCodes.Failed) : Exception(message)
{
    /// <summary>One of <see cref="ExitCodes"/>.</summary>
    public int ExitCode => exitCode;
}

/// <summary>What the process says at its end.</summary>
internal static class ExitCodes
{
    /// <summary>Done, as the output says.</summary>
    public const int Done = 0;

    /// <summary>Not done, or not all of it; or what was looked for was found at fault.</summary>
    public const int Failed = 1;

    /// <summary>The command was not understood, or a file that it names is not what it takes; nothing was done.</summary>
    public const int Usage = 2;
}
