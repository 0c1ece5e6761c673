namespace Registry.Cli.Tests;

/// <summary>A directory of its own for a test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("registry-cli-");

    /// <summary>Where it is.</summary>
    public string Path => _directory.FullName;

    /// <summary>Writes a file.</summary>
    /// <returns>Where the file is.</returns>
    public string Write(string name, string content)
    {
        var path = File(name);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Where a file of a name is, or would be.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => _directory.Delete(recursive: true);
}
