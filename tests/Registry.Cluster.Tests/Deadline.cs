namespace Registry.Cluster.Tests;

/// <summary>When a test that hangs fails. What a quiet machine of two cores needs is a fraction of it.</summary>
public static class Deadline
{
    /// <summary>Of a whole test, in milliseconds. xunit keeps it where no two tests run at once.</summary>
    public const int OfATest = 10 * 60 * 1000;

    /// <summary>Of one thing that a test waits for, so that it fails where it hangs, and ends its processes.</summary>
    public static readonly TimeSpan OfAStep = TimeSpan.FromMinutes(2);
}
