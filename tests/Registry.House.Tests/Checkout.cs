namespace Registry.House.Tests;

/// <summary>The files of the checkout that the tests were built from.</summary>
internal static class Checkout
{
    /// <summary>The folder of Registry.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The paths below a folder that end in something, relative to the root, without what builds make.</summary>
    /// <param name="folder">Relative to the root.</param>
    /// <param name="ending">Such as <c>.cs</c>.</param>
    public static IEnumerable<string> Files(string folder, string ending) => Directory
        .EnumerateFiles(Path.Combine(Root, folder), "*" + ending, SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "artifacts"))
        .Order(StringComparer.Ordinal);

    /// <summary>The documents that readers get: those of the root and of docs.</summary>
    public static IEnumerable<string> Documents() => Directory
        .EnumerateFiles(Root, "*.md").Select(path => Path.GetFileName(path)).Concat(Files("docs", ".md"));

    /// <summary>The text of a file.</summary>
    /// <param name="path">Relative to the root.</param>
    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>Whether there is a file or folder.</summary>
    /// <param name="path">Relative to the root.</param>
    public static bool Has(string path) => Path.Exists(Path.Combine(Root, path));

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Registry.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests were not built inside a checkout.");
        return folder;
    }
}
