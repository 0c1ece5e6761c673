using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Registry.Cluster.Tests;

/// <summary>A silo or a gateway that is up before its database is.</summary>
public sealed class AwaitedDatabaseTests
{
    // Nobody listens there.
    private const string Nowhere = "Host=127.0.0.1;Port=1;Username=registry;Password=none;Database=registry";

    [Theory]
    [InlineData("Registry.Silo.dll")]
    [InlineData("Registry.Gateway.dll")]
    public async Task It_waits_and_says_so_and_hears_when_it_is_asked_to_end(string program)
    {
        var said = new ConcurrentQueue<string>();
        var waits = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var process = Prepare(program, line =>
        {
            said.Enqueue(line);
            if (line.Contains("The database does not answer yet", StringComparison.Ordinal))
                waits.TrySetResult();
        });
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await waits.Task.WaitAsync(Deadline.OfAStep);
            using var terminate = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync().WaitAsync(Deadline.OfAStep);

            // By itself, and not by the kernel for want of somebody who listens: as the first process of a container it would go on.
            Assert.Equal(143, process.ExitCode);
            Assert.Contains(said, line => line.Contains("asked to end", StringComparison.Ordinal));
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    // A silo, which has no log before it has a journal, speaks to its standard error, a gateway to its log.
    private static Process Prepare(string program, Action<string> hear)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program), "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["ConnectionStrings__Registry"] = Nowhere;
        start.Environment["Registry__Cluster"] = "postgres";
        start.Environment["Registry__AdvertisedAddress"] = "127.0.0.1";
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        return process;

        void Hear(string? line)
        {
            if (line is not null)
                hear(line);
        }
    }
}
