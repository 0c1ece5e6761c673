namespace Registry.Gateway.Answers;

/// <summary>The header <c>Vary</c>: which headers of a request decided what the answer is.</summary>
internal static class Vary
{
    /// <summary>Of answers that have one format.</summary>
    public const string ByEncoding = "Accept-Encoding";

    /// <summary>Of answers that come in several formats.</summary>
    public const string ByFormat = $"Accept, {ByEncoding}";
}
