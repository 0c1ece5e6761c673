using Registry.Gateway.Problems;

namespace Registry.Gateway.Hosting;

/// <summary>Whether the registry has loaded what it needs to answer.</summary>
internal sealed class Readiness
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the registry is ready.</summary>
    public Task WhenReady => _ready.Task;

    /// <summary>Whether it is ready.</summary>
    public bool IsReady => _ready.Task.IsCompletedSuccessfully;

    /// <summary>It is ready from now on.</summary>
    public void Declare() => _ready.TrySetResult();
}

/// <summary>Keeps requests out until the registry is ready.</summary>
internal static class ReadinessGate
{
    /// <summary>Marks an address that answers before the registry is ready.</summary>
    public static TBuilder AnswersBeforeReady<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(AnswersEarly.Mark);

    /// <summary>
    /// Answers 503 until the registry is ready. From when it was asked to end, it asks clients to take another connection, which leads
    /// them to another gateway, before this one is closed under them.
    /// </summary>
    public static void UseReadiness(this WebApplication app)
    {
        var readiness = app.Services.GetRequiredService<Readiness>();
        var stopping = app.Lifetime.ApplicationStopping;
        app.Use((context, next) =>
        {
            if (stopping.IsCancellationRequested && HttpProtocol.IsHttp11(context.Request.Protocol))
                context.Response.Headers.Connection = "close";
            return readiness.IsReady || context.GetEndpoint()?.Metadata.GetMetadata<AnswersEarly>() is not null
                ? next(context)
                : Problem.Unavailable("The registry is starting.").ExecuteAsync(context);
        });
    }

    private sealed class AnswersEarly
    {
        public static readonly AnswersEarly Mark = new();
    }
}
