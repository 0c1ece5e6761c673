using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Registry.Cli.Tests.PublicLog;

/// <summary><c>registry witness</c> in a process of its own.</summary>
internal sealed partial class WitnessProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

    private readonly Process _process;

    private WitnessProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<WitnessProcess> Start(string key, string state, string log)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "witness", "--key", key, "--state", state, "--log", log, "--listen", "http://127.0.0.1:0"])
            {
                RedirectStandardError = true,
            },
        };
        var said = new ConcurrentQueue<string>();
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.ErrorDataReceived += (_, line) =>
        {
            said.Enqueue(line.Data ?? "");
            if (Listening().Match(line.Data ?? "") is { Success: true } match)
                listening.TrySetResult(new Uri(match.Groups[1].Value));
        };
        process.Start();
        process.BeginErrorReadLine();
        try
        {
            // The end of a process is waited for with all that it wrote.
            if (await Task.WhenAny(listening.Task, process.WaitForExitAsync()).WaitAsync(StartLimit) != listening.Task && !listening.Task.IsCompleted)
                throw new InvalidOperationException("The witness ended: " + string.Join(Environment.NewLine, said));
            return new WitnessProcess(process, await listening.Task);
        }
        catch
        {
            if (!process.HasExited)
                process.Kill();
            throw;
        }
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await Kill();
        _process.Dispose();
    }

    [GeneratedRegex(@"listens on (http://\S+)")]
    private static partial Regex Listening();
}
