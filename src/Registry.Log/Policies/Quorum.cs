using System.Globalization;

namespace Registry.Log.Policies;

/// <summary>Which sets of witnesses are enough: a witness, or some of a group's members, which are witnesses or groups.</summary>
/// <param name="Name">The name of the witness or group.</param>
/// <param name="Threshold">How many members have to be met; 0 for a witness.</param>
/// <param name="Members">The members of the group; none for a witness.</param>
internal sealed record Quorum(string Name, int Threshold, IReadOnlyList<Quorum> Members)
{
    /// <summary>Met by no witness at all.</summary>
    public static Quorum None { get; } = new("none", 0, []);

    /// <summary>Whether nothing is asked for.</summary>
    public bool IsNone => ReferenceEquals(this, None);

    /// <summary>Whether witnesses are enough. Each name is a member of one group only, so the work is linear.</summary>
    /// <param name="seen">The names of the witnesses that cosigned.</param>
    public bool IsMet(IReadOnlySet<string> seen) =>
        IsNone || (Members.Count == 0 ? seen.Contains(Name) : Members.Count(member => member.IsMet(seen)) >= Threshold);

    /// <summary>In words: <c>2 of (w1, w2, w3)</c>.</summary>
    public override string ToString() => Members.Count == 0
        ? Name
        : string.Create(CultureInfo.InvariantCulture, $"{Threshold} of ({string.Join(", ", Members)})");
}
