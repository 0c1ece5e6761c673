using System.CommandLine;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Registry.Cli.Commands;
using Registry.Log;
using Registry.Log.Files;
using Registry.Log.Notes;
using Registry.Log.Witnesses;

namespace Registry.Cli.PublicLog;

/// <summary><c>registry witness</c>: a witness of logs, by HTTP.</summary>
internal static class WitnessServer
{
    private const int MostKeyBytes = 4096;
    private const int MostConnections = 200;
    private const string PlainTextType = "text/plain; charset=utf-8";

    /// <summary>The command.</summary>
    public static Command Command(Surroundings around)
    {
        var command = new Command("witness", "Watch logs: cosign the checkpoints that continue what was seen before, and refuse all others.");
        var key = new Option<string>("--key") { Description = "The file of the witness's private key: 'registry log key NAME --kind witness'", Required = true };
        var state = new Option<string>("--state") { Description = "The directory in which it remembers what it saw", Required = true };
        var logs = new Option<string[]>("--log") { Description = "The public key of a log that it watches; again for each further one", Required = true };
        var listen = new Option<string>("--listen") { Description = "Where it listens", DefaultValueFactory = _ => "http://127.0.0.1:5090" };
        command.Add(key);
        command.Add(state);
        command.Add(logs);
        command.Add(listen);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var witness = Open(parsed.GetRequiredValue(key), parsed.GetRequiredValue(logs), parsed.GetRequiredValue(state), around.Clock, out var verifier);
            await using var app = Host(witness, parsed.GetRequiredValue(listen));
            try
            {
                await app.StartAsync(cancellation);
            }
            catch (Exception fault) when (fault is IOException or FormatException or InvalidOperationException)
            {
                throw new CommandFault($"It cannot listen: {fault.Message}", ExitCodes.Usage);
            }

            var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
            await around.Error.WriteLineAsync($"The witness {verifier} listens on {string.Join(", ", addresses)}");
            await Stopped(cancellation);
            await app.StopAsync(CancellationToken.None);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Witness Open(string keyPath, string[] logs, string directory, TimeProvider clock, out VerifierKey verifier)
    {
        try
        {
            var key = SigningKey.Parse(Encoding.UTF8.GetString(DurableFile.Read(keyPath, MostKeyBytes)));
            verifier = key.Verifier;
            return new Witness(key, [.. logs.Select(VerifierKey.Parse)], directory, clock);
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or NotProvenException or IOException or UnauthorizedAccessException)
        {
            throw new CommandFault($"The witness cannot begin: {PlainText.Of(fault.Message)}", ExitCodes.Usage);
        }
    }

    private static WebApplication Host(Witness witness, string listen)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = AddCheckpoint.MostBytes;
            options.Limits.MaxConcurrentConnections = MostConnections;
            // A request is some kilobytes: who sends slower than this holds a connection and nothing else.
            options.Limits.MinRequestBodyDataRate = new MinDataRate(1024, TimeSpan.FromSeconds(5));
            options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        });
        builder.WebHost.UseUrls(listen);
        var app = builder.Build();
        app.UseRouting();
        app.MapPost($"/{AddCheckpoint.Path}", (HttpContext http) => Add(http, witness));
        app.MapGet("/{origin}/checkpoint", (HttpContext http, string origin) => Latest(http, witness, origin));
        return app;
    }

    private static async Task Add(HttpContext http, Witness witness)
    {
        using var body = new MemoryStream();
        try
        {
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException fault)
        {
            await Write(http, new WitnessAnswer(fault.StatusCode, PlainTextType, fault.Message + "\n"));
            return;
        }

        await Write(http, witness.Add(body.GetBuffer().AsSpan(0, (int)body.Length)));
    }

    private static Task Latest(HttpContext http, Witness witness, string origin) => Write(http, witness.Latest(origin) is { } note
        ? new WitnessAnswer(StatusCodes.Status200OK, PlainTextType, Encoding.UTF8.GetString(note))
        : new WitnessAnswer(StatusCodes.Status404NotFound, PlainTextType, "This witness has cosigned nothing of such a log.\n"));

    private static Task Write(HttpContext http, WitnessAnswer answer)
    {
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = answer.ContentType;
        return http.Response.WriteAsync(answer.Body, http.RequestAborted);
    }

    private static async Task Stopped(CancellationToken cancellation)
    {
        var stopped = new TaskCompletionSource();
        await using var registration = cancellation.Register(stopped.SetResult);
        await stopped.Task;
    }
}
