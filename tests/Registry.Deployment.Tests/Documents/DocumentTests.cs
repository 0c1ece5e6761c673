using System.Text.RegularExpressions;
using Registry.Deployment.Tests.Tools;
using Registry.Gateway.Tests.Acceptance;
using Registry.Storage.Tests.Postgres;

namespace Registry.Deployment.Tests.Documents;

/// <summary>
/// Every command of the README, of docs/cli.md and of docs/operating.md, from their text: a fenced block is typed into a shell, and each of
/// its commands runs, or is held against what stands in this repository. What is neither fails.
/// </summary>
public sealed partial class DocumentTests
{
    private const string Readme = "README.md";
    private const string Cli = "docs/cli.md";
    private const string Operating = "docs/operating.md";
    private const string Address = "http://127.0.0.1:5080";

    [DocumentFact("curl", "ogrinfo")]
    public async Task The_commands_of_the_README_do_what_it_says()
    {
        using var data = new TemporaryDirectory();
        await using var registry = await RegistryProcess.Start(data.Path);
        using var shell = new Shell();

        var text = Type(shell, Readme, (Address, registry.Address.AbsoluteUri.TrimEnd('/')));

        Assert.Equal(Promised(text), shell.Statuses());
        Assert.True(new FileInfo(Path.Combine(shell.Here, "license-blocks.fgb")).Length > 0);
    }

    [DocumentFact]
    public async Task The_commands_of_the_page_on_the_command_line_do_what_it_says()
    {
        using var data = new TemporaryDirectory();
        await using var registry = await RegistryProcess.Start(data.Path);
        using var shell = new Shell();
        Directory.CreateSymbolicLink(Path.Combine(shell.Here, ".data"), data.Path);
        await File.WriteAllTextAsync(
            Path.Combine(shell.Here, "sites.csv"), "site_name,lat,lon,source,record_id,commodities,status\nA site of the test,49.6,78.8,test,1,copper,prospect\n");

        Type(shell, Cli, (Address, registry.Address.AbsoluteUri.TrimEnd('/')), ("rk_...", "dev-registrar"));

        Assert.Contains("registered", await File.ReadAllTextAsync(Path.Combine(shell.Here, "report.csv")), StringComparison.Ordinal);
    }

    [DocumentFact("psql", "pg_dump", "sqlite3", "openssl")]
    public async Task The_commands_of_the_page_on_operating_run_or_fit_the_manifests()
    {
        await using var postgres = await PostgresServer.StartNew();
        var database = await postgres.EmptyDatabase();
        await postgres.ExecuteBeside("CREATE ROLE registry SUPERUSER LOGIN");
        var host = database.Split(';').Single(part => part.StartsWith("Host=", StringComparison.Ordinal))["Host=".Length..];
        var server = $"postgresql://registry@{Uri.EscapeDataString(host)}";
        using var shell = new Shell(("SERVER", server), ("DATABASE", $"{server}/registry"));
        using var data = new TemporaryDirectory();
        await using (var registry = await RegistryProcess.Start(data.Path))
            Assert.Equal(0, await registry.Terminate());
        Directory.CreateSymbolicLink(Path.Combine(shell.Here, ".data"), data.Path);
        await File.WriteAllTextAsync(Path.Combine(shell.Here, "ca.crt"), "");

        Type(shell, Operating, ("Host=...;Username=registry;Password=...;Database=registry", $"Host={host};Username=registry;Database=registry"));

        Assert.Matches("^POSTGRES_PASSWORD=[0-9a-f]{48}\nSERVING_PASSWORD=[0-9a-f]{48}\nGRAFANA_PASSWORD=[0-9a-f]{48}\n$", await File.ReadAllTextAsync(Path.Combine(shell.Here, ".env")));
        var production = await File.ReadAllTextAsync(Path.Combine(shell.Here, "k8s", "overlays", "production", "kustomization.yaml"));
        Assert.Equal(3, Regex.Count(production, "^ *(newTag|app.kubernetes.io/version): \"1.2\"$", RegexOptions.Multiline));
    }

    public static TheoryData<string, string> Inline()
    {
        var commands = new TheoryData<string, string>();
        var known = new HashSet<(string, string)>();
        foreach (var document in (string[])[Readme, Cli, Operating])
        {
            foreach (Match match in InlineCommand().Matches(Fenced().Replace(Repository.Read(document), "")))
            {
                var command = Blanks().Replace(match.Groups[1].Value, " ");
                if (known.Add((document, command)))
                    commands.Add(document, command);
            }
        }

        return commands;
    }

    [Theory]
    [MemberData(nameof(Inline))]
    public void A_command_within_a_sentence_is_one(string document, string command)
    {
        using var shell = new Shell();
        Command answer;
        if (command.StartsWith("registry ", StringComparison.Ordinal))
        {
            // What it takes is in capitals, or said elsewhere.
            var name = LowerWords().Match(command).Value;
            answer = shell.Run($"{name} --help");
        }
        else
        {
            answer = shell.Run(command.Replace("...", "--help", StringComparison.Ordinal));
        }

        Assert.True(answer.ExitCode == 0, $"{document}: {command}: {answer.Errors}");
        // A verb alone is spoken of, and not a command.
        Assert.DoesNotContain(shell.Faults(), fault => command.Count(letter => letter == ' ') > 1 || fault.Contains("knows no", StringComparison.Ordinal));
    }

    // Types every block of a document, and tells what was typed.
    private static string Type(Shell shell, string document, params (string Said, string Meant)[] meanings)
    {
        var blocks = FencedBlock.Of(document);
        var text = string.Concat(blocks.Select(block => block.Text));
        Assert.All(meanings, meaning => Assert.Contains(meaning.Said, text, StringComparison.Ordinal));
        Assert.All(blocks, block => Assert.True(block.Language is "sh" or "", $"{document}, line {block.Line}: what is {block.Language}?"));
        // What a comment says to type instead.
        text += string.Concat(Instead().Matches(text).Select(match => match.Groups[1].Value + '\n'));
        // Functions and variables of one block are there for the next.
        foreach (var (said, meant) in meanings)
            text = text.Replace(said, meant, StringComparison.Ordinal);
        var answer = shell.Run($"set -x\n{text}");
        Assert.True(answer.ExitCode == 0, $"{document}: {answer.Errors}");
        Assert.Empty(shell.Faults());
        return text;
    }

    // What a README says that curl gets, in the comment below; else 200.
    private static List<string> Promised(string text)
    {
        var promised = new List<string>();
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith("curl ", StringComparison.Ordinal))
                promised.Add("200");
            else if (Status().Match(line) is { Success: true } said)
                promised[^1] = said.Groups[1].Value;
        }

        return promised;
    }

    [GeneratedRegex(@"^#.*: ((?:docker|kubectl) [^,\n]+)", RegexOptions.Multiline)]
    private static partial Regex Instead();

    [GeneratedRegex(@"^# (\d{3}) ")]
    private static partial Regex Status();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fenced();

    [GeneratedRegex(@"`((?:kubectl|docker|registry|kind|\./dev) [^`]+)`")]
    private static partial Regex InlineCommand();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"^registry(?: [a-z][a-z-]*)+")]
    private static partial Regex LowerWords();
}

/// <summary>A fact that runs the commands of a document; skipped where a program that it uses is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DocumentFactAttribute : FactAttribute
{
    public DocumentFactAttribute(params string[] programs) => Skip =
        programs.Where(program => Command.Run("which", program) is not { ExitCode: 0 }).Select(program => $"{program} is not installed.").FirstOrDefault()
        ?? (programs.Contains("psql") ? PostgresServer.WhyNot : null);
}
