using System.Data.Common;
using System.Net.Sockets;
using System.Text;
using Registry.Actors.Journal;

namespace Registry.Gateway.Problems;

/// <summary>A fault as the log may tell it: what it is and where, but not what was asked.</summary>
/// <remarks>
/// The message of an exception may hold what the caller sent, the cells or coordinates that somebody is about to apply for. So it is written
/// for faults of disks, networks and databases only, which know nothing of it.
/// </remarks>
internal static class DiscreetFault
{
    /// <summary>The fault and those behind it, with their stacks.</summary>
    public static string Describe(Exception fault)
    {
        var text = new StringBuilder();
        for (var each = fault; each is not null; each = each.InnerException)
        {
            if (text.Length > 0)
                text.Append("\n ---> ");
            text.Append(each.GetType());
            if (each is IOException or SocketException or DbException or JournalUnavailableException)
                text.Append(": ").Append(each.Message);
            text.Append('\n').Append(each.StackTrace);
        }

        return text.ToString();
    }

    /// <summary>The route of a request, which names no object: <c>/cells/{code}</c>.</summary>
    public static string RouteOf(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "an address that is none";
}
