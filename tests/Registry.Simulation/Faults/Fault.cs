namespace Registry.Simulation.Faults;

/// <summary>What a seed may do to a registry.</summary>
internal enum Fault
{
    /// <summary>A message never arrives.</summary>
    LostMessage,

    /// <summary>A message is carried out and its answer never arrives.</summary>
    LostAnswer,

    /// <summary>A message or an answer takes seconds.</summary>
    SlowMessage,

    /// <summary>A settlement arrives a second time, perhaps much later.</summary>
    RepeatedSettle,

    /// <summary>An actor crashes.</summary>
    Crash,

    /// <summary>Every actor crashes at once, as by <c>kill -9</c>.</summary>
    CrashOfAll,

    /// <summary>A sheet is activated a second time while the first activation lives.</summary>
    SecondSheet,

    /// <summary>The actor of an object is activated a second time while the first activation lives.</summary>
    SecondObject,

    /// <summary>An append fails and nothing was written.</summary>
    AppendFailed,

    /// <summary>An append commits and its sender is told that the storage failed.</summary>
    AppendAnswerLost,

    /// <summary>The sender of an append is told that the storage failed, and long after that the append reaches it.</summary>
    AppendLate,

    /// <summary>An append takes longer than a sheet lets a writer hold ground.</summary>
    AppendSlow,

    /// <summary>A load fails.</summary>
    LoadFailed,

    /// <summary>A new epoch fails to begin.</summary>
    RaiseFailed,

    /// <summary>A new epoch begins and the sheet is told that the storage failed.</summary>
    RaiseAnswerLost,

    /// <summary>A client goes away without having heard what became of its request.</summary>
    ClientGone,

    /// <summary>A client sends one request twice at the same time.</summary>
    SentTwice,

    /// <summary>A client sends a request again that was answered.</summary>
    AskedAgain,
}
