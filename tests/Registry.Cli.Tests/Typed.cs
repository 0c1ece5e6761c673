using System.Collections.Concurrent;
using Registry.Cli.Commands;

namespace Registry.Cli.Tests;

/// <summary>A command line that was typed, and what came of it.</summary>
/// <param name="ExitCode">What the process would have said at its end.</param>
/// <param name="Output">What it wrote.</param>
/// <param name="Error">What it wrote on the side.</param>
internal sealed record Typed(int ExitCode, string Output, string Error)
{
    /// <summary>The lines of <see cref="Output"/>.</summary>
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Runs a command line in this process, its output no terminal, with no delay between attempts.</summary>
    public static Task<Typed> Run(params string[] arguments) => Run(new HastyClock(), [], arguments);

    /// <summary>Runs a command line with a clock and variables of the environment.</summary>
    public static async Task<Typed> Run(TimeProvider clock, Dictionary<string, string> environment, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var around = new Surroundings(output, error, ErrorIsTerminal: false, environment.GetValueOrDefault, clock);
        var code = await CommandLine.Run(Program.Commands(around), around, arguments);
        return new Typed(code, output.ToString(), error.ToString());
    }
}

/// <summary>A clock whose timers are due at once, and that remembers what they were set to.</summary>
internal sealed class HastyClock : TimeProvider
{
    /// <summary>The delays that were asked for, in no order.</summary>
    public ConcurrentBag<TimeSpan> Delays { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == Timeout.InfiniteTimeSpan || period != Timeout.InfiniteTimeSpan)
            return base.CreateTimer(callback, state, dueTime, period);
        Delays.Add(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
