namespace Registry.Log.Tests.Verifiers;

/// <summary>A test that needs programs, and is skipped with their names where one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ToolFactAttribute : FactAttribute
{
    public ToolFactAttribute(params string[] needed) => Skip = WhyNot(needed);

    /// <summary>Why a test that needs programs is skipped; null where all of them are here.</summary>
    public static string? WhyNot(params string[] needed)
    {
        var missing = needed.Where(tool => !Has(tool)).ToArray();
        return missing.Length > 0 ? $"Missing here: {string.Join(", ", missing)}." : null;
    }

    // A program by its name in the path, or a directory by its whole path.
    private static bool Has(string tool) => tool.StartsWith('/')
        ? Directory.Exists(tool)
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(directory => File.Exists(Path.Combine(directory, tool)));
}

/// <summary>The same for a test with cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ToolTheoryAttribute : TheoryAttribute
{
    public ToolTheoryAttribute(params string[] needed) => Skip = ToolFactAttribute.WhyNot(needed);
}
