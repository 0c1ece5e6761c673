using System.CommandLine;
using Registry.Cli.Commands;
using Registry.Log.Files;
using Registry.Log.Notes;
using Registry.Log.Policies;

namespace Registry.Cli.PublicLog;

/// <summary>Whom the user trusts: <c>--key</c> or <c>--policy</c>.</summary>
internal sealed class TrustOption
{
    private const int MostPolicyBytes = 1024 * 1024;

    private readonly Option<string[]> _keys = new("--key") { Description = "The log's public key, as 'registry log key' prints it; again for each further one" };
    private readonly Option<string?> _policy = new("--policy") { Description = "A file with logs, witnesses and a quorum (c2sp.org/tlog-policy)" };

    /// <param name="command">The command that gets the options.</param>
    public TrustOption(Command command)
    {
        command.Add(_keys);
        command.Add(_policy);
    }

    /// <summary>The policy; one of the keys alone asks for no witness.</summary>
    /// <exception cref="CommandFault">Neither is there, or both are, or what is there is none.</exception>
    public TrustPolicy Read(ParseResult parsed)
    {
        var (keys, path) = (parsed.GetValue(_keys) ?? [], parsed.GetValue(_policy));
        if (keys.Length > 0 == path is not null)
            throw new CommandFault("Say whom you trust: --key with the log's public key, or --policy with a file. Take it from somebody you trust, not from the log.", ExitCodes.Usage);
        try
        {
            var policy = path is null ? TrustPolicy.OfLogs(keys.Select(VerifierKey.Parse)) : TrustPolicy.Parse(DurableFile.Read(path, MostPolicyBytes));
            return policy.Logs.Count > 0 ? policy : throw new FormatException("The policy names no log.");
        }
        catch (FormatException fault)
        {
            throw new CommandFault(fault.Message, ExitCodes.Usage);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandFault($"The policy cannot be read: {fault.Message}", ExitCodes.Usage);
        }
    }
}
