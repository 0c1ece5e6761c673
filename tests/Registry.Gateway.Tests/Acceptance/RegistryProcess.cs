using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Registry.Gateway.Tests.Acceptance;

/// <summary>A registry in a process of its own, over a data directory that outlives it.</summary>
public sealed partial class RegistryProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

    private readonly Process _process;

    private RegistryProcess(Process process, Uri address, ConcurrentQueue<string> said)
    {
        _process = process;
        Address = address;
        Said = said;
        LinesOfStart = said.Count;
    }

    /// <summary>Its number on this machine.</summary>
    public int Id => _process.Id;

    /// <summary>The lines that it has written so far, to standard output and to standard error.</summary>
    public IReadOnlyCollection<string> Said { get; }

    /// <summary>How many lines it wrote until it was ready.</summary>
    public int LinesOfStart { get; }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Whether it has ended, by whomever.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>The processor time that it has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The memory that it has resident, in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts a registry and waits until it says that it is ready.</summary>
    public static Task<RegistryProcess> Start(string dataDirectory, params (string Name, string Value)[] settings) => StartProgram(
        typeof(Gateway).Assembly.Location,
        [("ASPNETCORE_ENVIRONMENT", "Development"), ("Registry__DataDirectory", dataDirectory), .. settings]);

    /// <summary>Starts a program of the registry that serves <c>/healthz/ready</c>, and waits until it says that it is ready.</summary>
    /// <param name="assembly">The path of what is run.</param>
    /// <param name="settings">Its environment, beside that of this process.</param>
    public static Task<RegistryProcess> StartProgram(string assembly, params (string Name, string Value)[] settings) =>
        StartProgram(assembly, [], settings);

    /// <summary>The same with arguments of its own before the address.</summary>
    public static Task<RegistryProcess> StartProgram(string assembly, string[] arguments, params (string Name, string Value)[] settings) =>
        StartCommand(["dotnet", assembly, .. arguments, "--urls", "http://127.0.0.1:0"], assembly, settings);

    /// <summary>The same by a command of the caller's, which says where to listen.</summary>
    /// <param name="command">The command and its arguments.</param>
    /// <param name="assembly">The path of what is run.</param>
    /// <param name="settings">Its environment, beside that of this process.</param>
    public static async Task<RegistryProcess> StartCommand(
        IReadOnlyList<string> command, string assembly, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(assembly)!,
        };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;

        var process = new Process { StartInfo = start };
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new ConcurrentQueue<string>();
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            // The end of a process is waited for with all that it wrote.
            if (await Task.WhenAny(listening.Task, process.WaitForExitAsync()).WaitAsync(StartLimit) != listening.Task && !listening.Task.IsCompleted)
                throw new InvalidOperationException($"The registry ended at its start:{Environment.NewLine}{string.Join(Environment.NewLine, said)}");
            var address = await listening.Task;
            await UntilReady(address);
            return new RegistryProcess(process, address, said);
        }
        catch
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
            throw;
        }

        void Hear(string? line)
        {
            if (line is null)
                return;
            said.Enqueue(line);
            if (Listening().Match(line) is { Success: true } match)
                listening.TrySetResult(new Uri(match.Groups[1].Value));
        }
    }

    /// <summary>A client with an API key.</summary>
    public HttpClient Client(string? key = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { BaseAddress = Address };
        if (key is not null)
            client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return client;
    }

    /// <summary>Ends when it has ended, by whomever.</summary>
    public Task Ended() => _process.WaitForExitAsync();

    /// <summary>Ends the process as a power cut would: SIGKILL.</summary>
    public async Task Kill()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks the process to end: SIGTERM. Returns its exit code.</summary>
    public async Task<int> Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync().WaitAsync(StartLimit);
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await Kill();
        _process.Dispose();
    }

    // /healthz/ready says 503 until the sheets are loaded; there is nothing else to wait for across processes.
    private static async Task UntilReady(Uri address)
    {
        using var client = new HttpClient { BaseAddress = address };
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var since = Stopwatch.StartNew();
        while (true)
        {
            using var answer = await client.GetAsync(new Uri("/healthz/ready", UriKind.Relative));
            if (answer.IsSuccessStatusCode)
                return;
            if (since.Elapsed > StartLimit)
                throw new TimeoutException("The registry did not become ready.");
            await timer.WaitForNextTickAsync();
        }
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex Listening();
}
