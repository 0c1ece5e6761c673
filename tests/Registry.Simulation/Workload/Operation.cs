using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Core;

namespace Registry.Simulation.Workload;

/// <summary>What a caller was told.</summary>
/// <param name="Refusal">Why not; null when the change was made.</param>
/// <param name="Version">The version that the change made.</param>
/// <param name="First">Where the object was first registered.</param>
/// <param name="Last">Where the change stands.</param>
/// <param name="State">The object after it, as JSON.</param>
internal sealed record Outcome(Refusal? Refusal, long Version, Stamp First, Stamp Last, string State)
{
    /// <summary>Whether the caller knows what became of the request.</summary>
    public bool IsKnown => Refusal?.Kind != RefusalKind.Unavailable;

    /// <summary>Takes an actor's answer down, whatever the kind of object.</summary>
    public static Outcome Of<TState>(Answer<TState> answer, JsonTypeInfo<TState> json)
        where TState : class => answer.Object is { } changed
            ? new Outcome(null, changed.Version, changed.First, changed.Last, JsonSerializer.Serialize(changed.State, json))
            : new Outcome(answer.Refusal!, 0, default, default, "");
}

/// <summary>One request of a client with all of its attempts: what was asked, when, and what the client was told.</summary>
/// <param name="Id">Its id; also its idempotency key, and, as the caller's name, its mark in the journal.</param>
/// <param name="What">What is asked, for the trace.</param>
/// <param name="Stream">The object.</param>
/// <param name="Caller">Who asks.</param>
/// <param name="Send">Sends one attempt.</param>
internal sealed record Operation(string Id, string What, StreamId Stream, Caller Caller, Func<Request, Task<Outcome>> Send)
{
    private readonly List<Attempt> _attempts = [];

    /// <summary>The version on which the client decided, when it says so.</summary>
    public long? IfVersion { get; init; }

    /// <summary>Whether it carries an idempotency key; without one it is not safe to ask again.</summary>
    public bool HasKey { get; init; } = true;

    /// <summary>When the client first asked.</summary>
    public TimeSpan Called { get; set; }

    /// <summary>When the client first knew.</summary>
    public TimeSpan? Answered { get; set; }

    /// <summary>The attempts, in the order in which they were sent.</summary>
    public IReadOnlyList<Attempt> Attempts => _attempts;

    /// <summary>Begins an attempt.</summary>
    /// <param name="number">Its number, unique within the operation.</param>
    /// <param name="step">The step of the run.</param>
    public Attempt Begin(int number, long step)
    {
        var attempt = new Attempt(new Request($"{Id}.{number}", Caller, HasKey ? new RequestKey(Id, What) : null, IfVersion), step);
        _attempts.Add(attempt);
        return attempt;
    }
}

/// <summary>One attempt of an operation.</summary>
/// <param name="Request">What is sent.</param>
/// <param name="Called">The step in which it was sent.</param>
internal sealed record Attempt(Request Request, long Called)
{
    /// <summary>What the client was told; null while it does not know what became of the attempt.</summary>
    public Outcome? Outcome { get; private set; }

    /// <summary>The step in which the client was told.</summary>
    public long Answered { get; private set; } = long.MaxValue;

    /// <summary>Writes down what the client was told.</summary>
    public void End(Outcome outcome, long step) => (Outcome, Answered) = (outcome, step);
}
