using System.Globalization;
using Microsoft.Extensions.Configuration;
using Registry.Core.Countries;
using Registry.Core.Law;

namespace Registry.Hosting;

/// <summary>Settings that silos and gateways read alike.</summary>
public static class SharedSettings
{
    /// <summary><c>Registry__DrainSeconds</c>: how long a process of a cluster serves on after it was asked to end; see <see cref="Draining"/>.</summary>
    /// <param name="registry">The section <c>Registry</c>.</param>
    /// <exception cref="SettingException">It is not among what it may be.</exception>
    public static TimeSpan Drain(IConfiguration registry)
    {
        var text = registry["DrainSeconds"] ?? "5";
        return byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : throw new SettingException($"Registry__DrainSeconds is '{text}'; whole seconds, 255 at most, were expected.");
    }

    /// <summary>The law of <c>Registry__Regime</c>, with the most undecided applications of one party that <c>Registry__MostUndecided</c> sets.</summary>
    /// <param name="registry">The section <c>Registry</c>.</param>
    /// <exception cref="SettingException">One is not among what it may be.</exception>
    public static Regime Law(IConfiguration registry)
    {
        var (code, mostUndecided) = (registry["Regime"] ?? "kz", registry["MostUndecided"]);
        var regime = Regimes.Find(code)
            ?? throw new SettingException($"Registry__Regime is '{code}'; one of these was expected: {string.Join(", ", Regimes.Codes)}.");
        return Regimes.TryReadMostUndecided(mostUndecided, out var most)
            ? regime with { MostUndecided = most }
            : throw new SettingException($"Registry__MostUndecided is '{mostUndecided}'; a number of applications, or none, was expected.");
    }
}
