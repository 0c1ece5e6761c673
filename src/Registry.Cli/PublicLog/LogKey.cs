using System.CommandLine;
using System.Text;
using Registry.Cli.Commands;
using Registry.Log.Files;
using Registry.Log.Notes;
using Registry.Log.Signing;

namespace Registry.Cli.PublicLog;

/// <summary><c>registry log key</c>: makes the key of a log or a witness.</summary>
internal static class LogKey
{
    private static readonly Dictionary<string, SignatureKind> Kinds = new(StringComparer.Ordinal)
    {
        ["log"] = SignatureKind.Ed25519,
        ["witness"] = SignatureKind.Ed25519Cosignature,
        ["witness-ml-dsa-44"] = SignatureKind.MlDsa44Cosignature,
    };

    /// <summary>The command.</summary>
    public static Command Command(Surroundings around)
    {
        var command = new Command("key", "Make a key that signs, write it to a file of its own, and print the public key, which belongs to everybody.");
        var name = new Argument<string>("NAME") { Description = "The origin of the log, for ever: its address without https://. Or the name of the witness" };
        var file = new Option<string>("--key") { Description = "The file of the private key; the public one is written beside it with .pub", Required = true };
        var kind = new Option<string>("--kind") { Description = "Whose key it is", DefaultValueFactory = _ => "log" };
        kind.AcceptOnlyFromAmong([.. Kinds.Keys]);
        var state = new Option<string?>("--state") { Description = "Begin a log: the file in which its signer will remember what it signed last" };
        command.Add(name);
        command.Add(file);
        command.Add(kind);
        command.Add(state);
        command.SetAction(async (parsed, _) =>
        {
            var key = Generate(parsed.GetRequiredValue(name), Kinds[parsed.GetRequiredValue(kind)]);
            var (path, statePath) = (parsed.GetRequiredValue(file), parsed.GetValue(state));
            if (statePath is not null && key.Verifier.Kind != SignatureKind.Ed25519)
                throw new CommandFault("A witness keeps its state by itself; leave --state out.", ExitCodes.Usage);
            if (statePath is not null && File.Exists(statePath))
                throw new CommandFault($"{statePath} is there: a log has begun with it. Nothing was written.");
            Write(key, path, statePath, around.Clock.GetUtcNow());
            await around.Output.WriteLineAsync(key.Verifier.ToString());
            await around.Error.WriteLineAsync($"The private key is in {path}. Keep a copy of it apart from the database's: whoever has it can sign in this name.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static SigningKey Generate(string name, SignatureKind kind)
    {
        try
        {
            return SigningKey.Generate(name, kind);
        }
        catch (ArgumentException)
        {
            throw new CommandFault("A name has 1 to 255 bytes and neither spaces nor '+': registry.example/kz", ExitCodes.Usage);
        }
    }

    private static void Write(SigningKey key, string path, string? statePath, DateTimeOffset now)
    {
        try
        {
            DurableFile.Create(path, Encoding.UTF8.GetBytes(key.Export() + "\n"));
            DurableFile.Create(path + ".pub", Encoding.UTF8.GetBytes(key.Verifier + "\n"));
            if (statePath is not null)
                SignerState.Create(statePath, [key], now);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandFault($"The key cannot be written: {fault.Message}");
        }
    }
}
