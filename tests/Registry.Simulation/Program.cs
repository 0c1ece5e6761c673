using System.Globalization;
using Registry.Simulation.Hosting;
using Registry.Simulation.Running;

namespace Registry.Simulation;

/// <summary>Runs seeds from the command line: <c>--seed N</c> the first, <c>--seeds N</c> how many, <c>--trace</c> to print what happened.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        var (first, count, isTraced) = (1L, 1L, false);
        for (var place = 0; place < arguments.Length; place++)
        {
            switch (arguments[place])
            {
                case "--seed" when place + 1 < arguments.Length:
                    first = long.Parse(arguments[++place], CultureInfo.InvariantCulture);
                    break;
                case "--seeds" when place + 1 < arguments.Length:
                    count = long.Parse(arguments[++place], CultureInfo.InvariantCulture);
                    break;
                case "--trace":
                    isTraced = true;
                    break;
                default:
                    Console.Error.WriteLine("Usage: simulate [--seed <first>] [--seeds <how many>] [--trace]");
                    return 2;
            }
        }

        if (isTraced)
        {
            foreach (var line in Run.Of(first, new Protocol(), isTraced: true).Trace)
                Console.WriteLine(line);
        }

        var series = Series.Of(new Protocol(), first, count);
        Console.WriteLine(series);
        return series.Failed.Count == 0 ? 0 : 1;
    }
}
