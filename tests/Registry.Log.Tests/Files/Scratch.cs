namespace Registry.Log.Tests.Files;

/// <summary>A directory of a test, which is removed with all that is in it.</summary>
internal sealed class Scratch : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("registry-log-");

    public string Root => _directory.FullName;

    public string this[string name] => Path.Combine(Root, name);

    public void Dispose() => _directory.Delete(recursive: true);
}
