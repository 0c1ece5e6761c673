using System.Diagnostics.CodeAnalysis;
using Registry.Core.Titles;
using Registry.Gateway.Requests;

namespace Registry.Gateway.LicenseBlocks;

/// <summary>The actions on a license block by their names in addresses, and how the body of each is read.</summary>
internal static class LicenseBlockActions
{
    private const int LongestReason = 2000;

    private static readonly Dictionary<string, Func<Members, LicenseBlockCommand?>> Readers = new(StringComparer.Ordinal)
    {
        ["grant"] = static _ => new Grant(),
        ["refuse"] = static body => new Refuse(body.Text("reason", LongestReason)),
        ["withdraw"] = static _ => new Withdraw(),
        ["relinquish"] = static body => new Relinquish(body.Cells("cells")),
        ["surrender"] = static _ => new Surrender(),
    };

    /// <summary>Finds how the body of an action is read.</summary>
    public static bool TryFind(string action, [NotNullWhen(true)] out Func<Members, LicenseBlockCommand?>? read) =>
        Readers.TryGetValue(action, out read);
}
