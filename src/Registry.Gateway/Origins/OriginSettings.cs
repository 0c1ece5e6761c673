using Registry.Hosting;

namespace Registry.Gateway.Origins;

/// <summary><c>Registry__Cors</c>: which pages of other origins a browser lets ask the registry.</summary>
/// <param name="AnyReads">Whether pages of every origin may read.</param>
/// <param name="Named">The origins whose pages may read and write, as browsers send them: <c>https://map.example</c>.</param>
public sealed record OriginSettings(bool AnyReads, IReadOnlyList<string> Named)
{
    private const string Any = "*";
    private const string None = "none";

    /// <summary>Reads the setting: <c>*</c>, which is assumed, <c>none</c>, or origins, among which may be <c>*</c>.</summary>
    /// <exception cref="SettingException">It names what is no origin.</exception>
    public static OriginSettings Read(string? text)
    {
        string[] words = (text ?? "").Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words switch
        {
            [] => new(AnyReads: true, []),
            [None] => new(AnyReads: false, []),
            _ => new(words.Contains(Any), [.. words.Where(word => word != Any).Select(Origin).Distinct()]),
        };
    }

    // As a browser writes it: the host in lower case and Punycode, and no port where it is that of the scheme.
    private static string Origin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            && url is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "", HostNameType: not UriHostNameType.Unknown }
            ? $"{url.Scheme}://{(url.HostNameType == UriHostNameType.IPv6 ? $"[{url.IdnHost}]" : url.IdnHost)}{(url.IsDefaultPort ? "" : $":{url.Port}")}"
            : throw new SettingException(
                $"Registry__Cors names '{text}'; *, none, or origins such as https://map.example were expected, parted by commas.");
}
