using System.Globalization;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Gateway.Answers;
using Registry.Gateway.Problems;

namespace Registry.Gateway.Objects;

/// <summary>An object of the registry as an answer: its ETag, its address when it is new, its JSON.</summary>
/// <typeparam name="TState">The kind of object.</typeparam>
internal sealed class ObjectAnswer<TState> : IResult
    where TState : class
{
    private readonly Registered<TState> _object;
    private readonly Action<Utf8JsonWriter, Registered<TState>> _write;
    private readonly string _mediaType;
    private readonly int _status;
    private readonly string? _location;

    private ObjectAnswer(
        Registered<TState> found, Action<Utf8JsonWriter, Registered<TState>> write, string mediaType, int status, string? location) =>
        (_object, _write, _mediaType, _status, _location) = (found, write, mediaType, status, location);

    private bool IsRepeat { get; init; }

    /// <summary>200, or 304 for who has the version already.</summary>
    public static IResult Found(
        Registered<TState> found, Action<Utf8JsonWriter, Registered<TState>> write, string mediaType = JsonAnswer.GeoJson) =>
        new ObjectAnswer<TState>(found, write, mediaType, StatusCodes.Status200OK, null);

    /// <summary>What became of a change: 200 with the object, or the problem.</summary>
    public static IResult Changed(
        Answer<TState> answer, Action<Utf8JsonWriter, Registered<TState>> write, string mediaType = JsonAnswer.GeoJson) =>
        answer.Object is { } changed
            ? new ObjectAnswer<TState>(changed, write, mediaType, StatusCodes.Status200OK, null) { IsRepeat = answer.IsRepeat }
            : answer.Refusal!.ToProblem();

    /// <summary>What became of a creation: 201 with the object and its address, or the problem.</summary>
    public static IResult Created(
        Answer<TState> answer, StreamId stream, Action<Utf8JsonWriter, Registered<TState>> write, string mediaType = JsonAnswer.GeoJson) =>
        answer.Object is { } created
            ? new ObjectAnswer<TState>(created, write, mediaType, StatusCodes.Status201Created, $"/{stream}") { IsRepeat = answer.IsRepeat }
            : answer.Refusal!.ToProblem();

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        response.Headers.ETag = Versions.ETag(_object.Version);
        response.Headers.CacheControl = "no-cache";
        if (_location is not null)
            response.Headers.Location = Links.Location(request, _location);
        if (IsRepeat)
            response.Headers[IdempotencyKey.ReplayedHeader] = "true";
        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (!isRead)
            response.Headers.Append(HeaderNames.Link, string.Create(CultureInfo.InvariantCulture, $"<{Links.Location(request, "/log/proofs/")}{_object.Last.Sequence}>; rel=\"receipt\""));
        if (isRead && Versions.KnownAs(request, _object.Version) is { } known)
        {
            response.Headers.ETag = known;
            response.Headers.Vary = Vary.ByEncoding;
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        return JsonAnswer.Write(httpContext, _status, _mediaType, _object, _write, static (json, found, write) => write(json, found));
    }
}
