using System.Diagnostics;
using OpenTelemetry;

namespace Registry.Hosting.Telemetry;

/// <summary>
/// Takes out of spans what tells which ground was asked for: the address of the request, whatever version of the conventions names it, and
/// the sheet that was called. The route says what kind of question it was.
/// </summary>
internal sealed class DiscreetSpans : BaseProcessor<Activity>
{
    private const string Called = "rpc.orleans.target_id";

    private static readonly string[] s_addresses =
        ["url.full", "url.path", "url.query", "http.url", "http.target", "http.referer", "http.request.header.referer"];

    /// <inheritdoc/>
    public override void OnEnd(Activity data)
    {
        foreach (var address in s_addresses)
            data.SetTag(address, null);
        if (data.GetTagItem(Called)?.ToString()?.StartsWith("sheet", StringComparison.OrdinalIgnoreCase) is true)
            data.SetTag(Called, null);
    }
}
