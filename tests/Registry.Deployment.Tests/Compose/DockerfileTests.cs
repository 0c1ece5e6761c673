using System.Text.RegularExpressions;
using System.Xml.Linq;
using Registry.Deployment.Tests.Tools;

namespace Registry.Deployment.Tests.Compose;

/// <summary>The Dockerfile, as far as it can be judged without building it.</summary>
public sealed partial class DockerfileTests
{
    private readonly string _text = Repository.Read("Dockerfile");

    [Theory]
    [InlineData("Registry.Silo")]
    [InlineData("Registry.Gateway")]
    [InlineData("Registry.Cli")]
    [InlineData("Registry.Probe")]
    public void Every_project_that_is_restored_is_copied_before(string project)
    {
        var copied = Copied().Matches(_text).Select(match => match.Groups[1].Value).ToArray();
        Assert.Empty(WithReferences(project).Except(copied));
    }

    [Theory]
    [InlineData("silo", "serving")]
    [InlineData("gateway", "serving")]
    [InlineData("cli", "runtime")]
    [InlineData("serving", "runtime")]
    public void An_image_has_no_shell_and_runs_as_nobody_s_root(string target, string origin)
    {
        Assert.Contains($"FROM {origin} AS {target}\n", _text);
        var runtime = _text[_text.IndexOf(" AS runtime", StringComparison.Ordinal)..];
        Assert.Contains("-chiseled AS runtime", _text);
        Assert.Contains("USER 1654\n", runtime);
        Assert.Single(User().Matches(_text));
    }

    [Fact]
    public void What_serves_has_a_health_check_of_its_own()
    {
        var serving = _text[_text.IndexOf("FROM runtime AS serving", StringComparison.Ordinal).._text.IndexOf("FROM serving AS", StringComparison.Ordinal)];
        Assert.Contains("COPY --from=build /out/Probe /probe\n", serving);
        Assert.Matches(@"HEALTHCHECK [^\n]+\\\n    CMD \[""dotnet"", ""/probe/Registry\.Probe\.dll"", ""http://127\.0\.0\.1:8080/healthz/ready""\]", serving);
    }

    [Fact]
    public void What_the_images_are_built_from_is_not_left_out()
    {
        var kept = Repository.Read(".dockerignore").Split('\n').Where(line => line.StartsWith('!')).Select(line => line[1..]).ToArray();
        Assert.All(kept, path => Assert.True(Path.Exists(Repository.PathOf(path)), path));
        Assert.Contains("src", kept);
        Assert.Contains("Directory.Packages.props", kept);
    }

    private static HashSet<string> WithReferences(string project)
    {
        var found = new HashSet<string>();
        var waiting = new Queue<string>([project]);
        while (waiting.TryDequeue(out var next))
        {
            var path = Repository.PathOf("src", next, $"{next}.csproj");
            if (!found.Add(next) || !File.Exists(path))
                continue;
            foreach (var reference in XDocument.Load(path).Descendants("ProjectReference"))
                waiting.Enqueue(Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
        }

        return found;
    }

    [GeneratedRegex(@"^COPY src/(\S+)/\*\.csproj ", RegexOptions.Multiline)]
    private static partial Regex Copied();

    [GeneratedRegex("^USER ", RegexOptions.Multiline)]
    private static partial Regex User();
}
