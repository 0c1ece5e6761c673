using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Hosting;

namespace Registry.Gateway.Problems;

/// <summary>
/// The outermost step of every request: what no handler answered, and what was thrown, becomes a problem. A fault of ours is logged
/// here and nowhere else.
/// </summary>
internal sealed class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        SafeAnswers.Secure(context.Response);
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client went away; nobody is left to answer.
            return;
        }
        catch (ProblemException refused)
        {
            await Answer(context, refused.Problem);
            return;
        }
        catch (BadHttpRequestException fault)
        {
            await Answer(context, BrokenOff(ProblemType.OfStatus(fault.StatusCode)));
            return;
        }
        catch (Exception fault) when (fault is JournalUnavailableException or ActorUnavailableException)
        {
            Log("could not be carried out", context, fault);
            await Answer(context, Problem.Unavailable("The registry could not carry the request out, or does not know whether it did."));
            return;
        }
        catch (Exception fault)
        {
            Log("failed", context, fault);
            await Answer(context, new Problem(ProblemType.Internal, "The registry failed to answer."));
            return;
        }

        // OPTIONS is answered at every address: routing has named the methods in Allow.
        if (HttpMethods.IsOptions(context.Request.Method) && context.Response is { HasStarted: false, StatusCode: StatusCodes.Status405MethodNotAllowed })
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        else if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
            await Answer(context, Bare(context));
    }

    // The web server's own words are for whoever writes web servers.
    private static Problem BrokenOff(ProblemType type) => new(type, type == ProblemType.Malformed
        ? "The body broke off before its end, or is not sent as HTTP wants it: with its length, or in whole chunks."
        : type.Explanation);

    // By its route and without its message: an address, and what could not be done with it, may name ground that is still a secret.
    private void Log(string what, HttpContext context, Exception fault) => logger.LogError(
        "{Method} {Route} {What}: {Fault}", context.Request.Method, DiscreetFault.RouteOf(context), what, DiscreetFault.Describe(fault));

    private static Problem Bare(HttpContext context)
    {
        var type = ProblemType.OfStatus(context.Response.StatusCode);
        if (type == ProblemType.NotFound)
            return new Problem(type, $"There is nothing at {context.Request.Path}.");
        return type == ProblemType.MethodNotAllowed
            ? new Problem(type, $"{context.Request.Path} does not take {context.Request.Method}.")
            : new Problem(type, type.Explanation);
    }

    private static Task Answer(HttpContext context, Problem problem)
    {
        if (context.Response.HasStarted)
        {
            // Part of another answer is on its way: only a broken connection tells the client that it is not whole.
            context.Abort();
            return Task.CompletedTask;
        }

        // What says to the client how to ask again is part of the answer's status, and stays: without WWW-Authenticate no browser asks for
        // a password.
        var headers = context.Response.Headers;
        var (allowed, challenge, later) = (headers.Allow, headers.WWWAuthenticate, headers.RetryAfter);
        context.Response.Clear();
        (headers.Allow, headers.WWWAuthenticate, headers.RetryAfter) = (allowed, challenge, later);
        SafeAnswers.Secure(context.Response);
        return problem.ExecuteAsync(context);
    }
}
