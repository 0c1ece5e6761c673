namespace Registry.Log.Witnesses;

/// <summary>How it stands with a witness.</summary>
public enum WitnessStanding
{
    /// <summary>It was not asked yet.</summary>
    Unasked,

    /// <summary>It cosigned the checkpoint that it was shown last.</summary>
    Cosigns,

    /// <summary>It does not answer, or not as a witness does.</summary>
    Silent,

    /// <summary>It says that the checkpoint does not agree with what it saw: somebody has shown it another log under this origin, or this log was changed.</summary>
    Refuses,
}

/// <summary>What a witness answered last.</summary>
/// <param name="Name">The name of its key.</param>
/// <param name="Standing">How it stands.</param>
/// <param name="Size">The greatest size that it is known to have cosigned.</param>
/// <param name="Words">What it answered, or why there is no answer.</param>
/// <param name="At">When.</param>
public sealed record WitnessReport(string Name, WitnessStanding Standing, long Size, string Words, DateTimeOffset At);
