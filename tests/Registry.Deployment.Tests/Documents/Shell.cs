using System.Text.RegularExpressions;
using Registry.Deployment.Tests.Tools;

namespace Registry.Deployment.Tests.Documents;

/// <summary>
/// Runs what a document says to type, in a directory like this repository's. What would reach a cluster or an engine is only heard:
/// kubectl, docker, kind and ./dev are stand-ins that note their words. But for that the programs are the real ones, the command
/// <c>registry</c> among them, also where a document runs it in a container.
/// </summary>
internal sealed class Shell : IDisposable
{
    private const char EndOfWord = '\0';
    private const char EndOfCommand = '\x1e';

    // Under a lock: the two ends of a pipe are heard at once.
    private const string Note = """{ flock 1; printf '%s\0' "$(basename "$0")" "$@"; printf '\x1e'; } >>"$NOTES" """;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("registry-documents-");
    private readonly Dictionary<string, string> _environment;

    /// <param name="environment">Variables that the document takes for granted.</param>
    public Shell(params (string Name, string Value)[] environment)
    {
        Directory.CreateDirectory(Programs);
        Directory.CreateDirectory(Here);
        Write(Path.Combine(Programs, "kubectl"), $"{Note}\n[[ $* != *jsonpath=*data* ]] || echo SG9zdD1yZWdpc3RyeS1wb3N0Z3Jlcw==");
        Write(Path.Combine(Programs, "kind"), Note);
        Write(Path.Combine(Programs, "docker"), $$"""
            {{Note}}
            case " $* " in
                *" run "*" registry-cli:local "*) while [[ $1 != registry-cli:local ]]; do shift; done ;;
                " compose run "*" cli "*) while [[ $1 != cli ]]; do shift; done ;;
                *) exit 0 ;;
            esac
            exec registry "${@:2}"
            """);
        Write(Path.Combine(Programs, "registry"), $"exec dotnet '{Path.Combine(AppContext.BaseDirectory, "registry.dll")}' \"$@\"");
        // Documents name files after a day.
        Write(Path.Combine(Programs, "date"), "echo 2026-11-01");
        Write(Path.Combine(Programs, "curl"), """/usr/bin/curl --silent --show-error --max-time 120 --write-out '%{stderr}%{http_code}\n' "$@" 2>>"$STATUSES" """);
        Write(Path.Combine(Here, "dev"), $"{Note}\n[[ $1 != registry || $# -eq 1 ]] || exec registry \"${{@:2}}\"");
        Assert.Equal(0, Command.Run("cp", "--recursive", Repository.PathOf("k8s"), Here)!.ExitCode);
        _environment = environment.ToDictionary(variable => variable.Name, variable => variable.Value);
        _environment["PATH"] = $"{Programs}:{Environment.GetEnvironmentVariable("PATH")}";
        // Documents keep files there.
        _environment["HOME"] = Here;
        _environment["NOTES"] = Path.Combine(_directory.FullName, "notes");
        _environment["STATUSES"] = Path.Combine(_directory.FullName, "statuses");
    }

    /// <summary>Where commands are typed.</summary>
    public string Here => Path.Combine(_directory.FullName, "here");

    private string Programs => Path.Combine(_directory.FullName, "programs");

    /// <summary>The commands that were only heard, each as its words, the program first.</summary>
    public IReadOnlyList<string[]> Heard() => File.Exists(_environment["NOTES"])
        ? [.. File.ReadAllText(_environment["NOTES"]).Split(EndOfCommand, StringSplitOptions.RemoveEmptyEntries)
            .Select(command => command.Split(EndOfWord)[..^1])]
        : [];

    /// <summary>The statuses of what curl asked, in order; its faults are lines among them.</summary>
    public IReadOnlyList<string> Statuses() => File.Exists(_environment["STATUSES"]) ? File.ReadAllLines(_environment["STATUSES"]) : [];

    /// <summary>What is wrong with the commands that were only heard.</summary>
    public IEnumerable<string> Faults() =>
        from command in Heard()
        from fault in FaultsOf(command)
        select $"{string.Join(' ', command)}: {fault}";

    /// <summary>Runs a text to its end; the first command that fails ends it.</summary>
    public Command Run(string text) => Command.Run(_environment, "bash", "-c", $"cd '{Here}'; set -euo pipefail\n{text}\nwait")!;

    /// <inheritdoc/>
    public void Dispose() => _directory.Delete(recursive: true);

    private static IEnumerable<string> FaultsOf(string[] command) => command switch
    {
        ["kubectl", .. var arguments] => KubectlCheck.Faults(arguments),
        ["docker", .. var arguments] => DockerCheck.Faults(arguments),
        ["kind", "load", "docker-image", .. var images] => images.Where(image => !DockerCheck.IsImage(image)).Select(image => $"no image is called {image}"),
        ["dev", var verb, ..] => Regex.IsMatch(Repository.Read("dev"), $@"^ {{8}}{Regex.Escape(verb)}(?: \|[^)\n]*)?\) ", RegexOptions.Multiline)
            ? []
            : [$"./dev has no {verb}"],
        _ => ["this test does not know it"],
    };

    private static void Write(string path, string text)
    {
        File.WriteAllText(path, $"#!/usr/bin/env bash\n{text}\n");
        Assert.Equal(0, Command.Run("chmod", "700", path)!.ExitCode);
    }
}
