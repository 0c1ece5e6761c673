using System.Globalization;
using Registry.Cli.Commands;
using Spectre.Console;

namespace Registry.Cli.Importing;

/// <summary>Shows how far a piece of work is: a bar on a terminal, a line at each tenth elsewhere.</summary>
internal static class Progress
{
    /// <summary>Does the work and shows how far it is.</summary>
    /// <param name="around">Where to show it.</param>
    /// <param name="name">What is done.</param>
    /// <param name="total">How many steps there are.</param>
    /// <param name="work">The work; it calls what it is given once after each step, from any thread.</param>
    public static Task Show(Surroundings around, string name, int total, Func<Action, Task> work) =>
        around.ErrorIsTerminal ? ShowBar(around, name, total, work) : ShowLines(around, name, total, work);

    private static Task ShowBar(Surroundings around, string name, int total, Func<Action, Task> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(around.Error) });
        return console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(progress =>
            {
                var bar = progress.AddTask(Markup.Escape(name), maxValue: Math.Max(total, 1));
                return work(() => bar.Increment(1));
            });
    }

    private static Task ShowLines(Surroundings around, string name, int total, Func<Action, Task> work)
    {
        var gate = new Lock();
        var done = 0;
        return work(() =>
        {
            lock (gate)
            {
                var tenth = done++ * 10 / total;
                if (done * 10 / total > tenth)
                    around.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {done} of {total}"));
            }
        });
    }
}
