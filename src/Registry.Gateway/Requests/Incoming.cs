using System.Text.Json;
using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Filters.Json;
using Registry.Gateway.Answers;
using Registry.Gateway.Costs;
using Registry.Gateway.Identity;
using Registry.Gateway.Objects;
using Registry.Gateway.Problems;

namespace Registry.Gateway.Requests;

/// <summary>One request to change something, read and checked as far as it can be without asking an actor.</summary>
/// <typeparam name="TForm">What its body asks for.</typeparam>
internal sealed class Incoming<TForm>
    where TForm : class
{
    // From here on a body can hold geometry whose check takes a processor for a tenth of a second.
    private const int CostlyBytes = 64 * 1024;

    private Incoming(Problem problem) => Problem = problem;

    private Incoming(TForm form, Caller caller, RequestKey? key, IReadOnlyList<long> ifVersions) =>
        (Form, Caller, Key, IfVersions) = (form, caller, key, ifVersions);

    /// <summary>Why the request is refused; null when it is in order, and the other properties are there.</summary>
    public Problem? Problem { get; }

    /// <summary>What the body asks for.</summary>
    public TForm Form { get; } = null!;

    /// <summary>Who asks.</summary>
    public Caller Caller { get; } = null!;

    /// <summary>The idempotency key, digested; null when none was sent.</summary>
    public RequestKey? Key { get; }

    /// <summary>The versions on any of which the caller decided, ascending; empty when the request creates, or says <c>*</c>.</summary>
    public IReadOnlyList<long> IfVersions { get; } = [];

    /// <summary>The id of the object that the request creates.</summary>
    public string NewId(Collection collection) =>
        Key is { } key ? ObjectId.From(collection, key) : ObjectId.Fresh(collection);

    /// <summary>The request as an actor takes it; each call makes another attempt.</summary>
    /// <param name="ifVersion">The version on which it is decided; null where any will do.</param>
    public Request Attempt(long? ifVersion = null) => new(Guid.NewGuid().ToString("N"), Caller, Key, ifVersion);

    /// <summary>Has an actor carry the request out, if the object is at one of <see cref="IfVersions"/>.</summary>
    /// <remarks>Versions only grow. Tried in their order, one that is passed over as the object changes is followed by the next.</remarks>
    /// <param name="carry">Asks the actor.</param>
    public async Task<Answer<TState>> Carry<TState>(Func<Request, Task<Answer<TState>>> carry)
        where TState : class
    {
        if (IfVersions.Count == 0)
            return await carry(Attempt());
        for (var at = 0; ; at++)
        {
            var answer = await carry(Attempt(IfVersions[at]));
            if (answer.Refusal?.Kind != RefusalKind.Stale || at + 1 == IfVersions.Count)
                return answer;
        }
    }

    /// <summary>Reads a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="kind">What kind of request it is.</param>
    /// <param name="read">Reads the body's members; what is wrong with them goes to their faults, and the result is then dropped.</param>
    public static async ValueTask<Incoming<TForm>> Read(HttpContext context, IncomingKind kind, Func<Members, TForm?> read)
    {
        var request = context.Request;
        IReadOnlyList<long> ifVersions = [];
        if (kind.ChangesExisting && Versions.ReadIfMatch(request, out ifVersions) is { } precondition)
            return new(precondition);
        var (bytes, problem) = await BodyBytes.Read(context);
        if (bytes is null)
            return new(problem!);
        using (bytes)
        {
            if (bytes.Memory.Length > 0 && !MediaTypes.Is(request.ContentType, kind.MediaType))
                return new(Unread(context.Response, kind));
            var caller = context.Caller();
            if (IdempotencyKey.Read(request, caller, bytes.Memory.Span, out var key) is { } badKey)
                return new(badKey);
            using var turn = bytes.Memory.Length < CostlyBytes ? null
                : await context.RequestServices.GetRequiredService<CostlyTurns>().Take(context, CostlyKind.Bodies);
            var form = Parse(bytes.Memory, kind, read, out var malformed);
            return malformed is null ? new(form!, caller, key, ifVersions) : new(malformed);
        }
    }

    private static TForm? Parse(ReadOnlyMemory<byte> bytes, IncomingKind kind, Func<Members, TForm?> read, out Problem? malformed)
    {
        malformed = null;
        if (bytes.IsEmpty && kind.BodyMayBeEmpty)
            bytes = IncomingKind.NoMembers;
        try
        {
            using var document = JsonDocument.Parse(bytes, kind.BodyOptions);
            var faults = new Faults();
            var members = new Members(document.RootElement, "", faults);
            var form = read(members);
            members.RefuseOthers();
            if (!faults.IsEmpty)
                malformed = faults.ToProblem();
            return form;
        }
        catch (JsonException fault)
        {
            malformed = Problem.Malformed("", bytes.IsEmpty ? "The body is empty; a JSON object was expected." : IncomingKind.Explain(fault));
            return null;
        }
    }

    private static Problem Unread(HttpResponse response, IncomingKind kind)
    {
        if (kind.MediaType == MediaTypes.MergePatch)
            response.Headers["Accept-Patch"] = MediaTypes.MergePatch;
        return new Problem(ProblemType.UnsupportedMediaType, $"The body has to be {kind.MediaType} in UTF-8.");
    }
}

/// <summary>What kind of request to change something it is.</summary>
/// <param name="ChangesExisting">Whether it changes an object that is there, and so needs <c>If-Match</c>.</param>
/// <param name="BodyMayBeEmpty">Whether no body is as good as an object without members.</param>
/// <param name="MediaType">The media type of its body.</param>
internal sealed record IncomingKind(bool ChangesExisting, bool BodyMayBeEmpty, string MediaType)
{
    /// <summary>The text of an object without members.</summary>
    public static readonly ReadOnlyMemory<byte> NoMembers = "{}"u8.ToArray();

    /// <summary>JSON without comments and trailing commas; a MultiPolygon within a body takes 7 levels.</summary>
    public static readonly JsonDocumentOptions JsonOptions = new() { MaxDepth = 16 };

    /// <summary>How the body of this kind of request is read.</summary>
    public JsonDocumentOptions BodyOptions { get; private init; } = JsonOptions;

    /// <summary>Registers an object.</summary>
    public static IncomingKind Creation { get; } = new(ChangesExisting: false, BodyMayBeEmpty: false, JsonAnswer.Json);

    /// <summary>Carries out an action on an object.</summary>
    public static IncomingKind Action { get; } = new(ChangesExisting: true, BodyMayBeEmpty: true, JsonAnswer.Json);

    /// <summary>Adds to an object.</summary>
    public static IncomingKind Addition { get; } = new(ChangesExisting: true, BodyMayBeEmpty: false, JsonAnswer.Json);

    /// <summary>Patches an object (RFC 7396).</summary>
    public static IncomingKind Patch { get; } = new(ChangesExisting: true, BodyMayBeEmpty: false, MediaTypes.MergePatch);

    /// <summary>Asks a question that takes a body and changes nothing, or moves something that is no object.</summary>
    public static IncomingKind Question { get; } = new(ChangesExisting: false, BodyMayBeEmpty: false, JsonAnswer.Json);

    /// <summary>Asks a question that holds a filter.</summary>
    public static IncomingKind Search { get; } = Question with { BodyOptions = new() { MaxDepth = FilterJson.MaxDepth } };

    /// <summary>Where a text stops being JSON, for the sender.</summary>
    public static string Explain(JsonException fault) =>
        FormattableString.Invariant($"The body is not JSON, is cut short, or nests too deep: line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}.");
}
