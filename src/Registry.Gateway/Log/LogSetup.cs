using Registry.Actors.Journal;
using Registry.Gateway.Hosting;
using Registry.Hosting;
using Registry.Log.Notes;
using Registry.Log.Policies;
using Registry.Log.Signing;
using Registry.Log.Witnesses;
using Registry.Storage;

namespace Registry.Gateway.Log;

/// <summary>Sets up the public log: what is served of it, and who signs it.</summary>
internal static class LogSetup
{
    private static readonly TimeSpan s_witnessLimit = TimeSpan.FromSeconds(5);
    private const string DevelopmentOrigin = "registry.localhost/draft";

    public static void AddLog(this WebApplicationBuilder builder, RegistrySettings settings)
    {
        builder.Services.AddSingleton<LogFiles>();
        var section = builder.Configuration.GetSection("Registry");
        var isHere = (section["Signer"] ?? (builder.Environment.IsDevelopment() && settings.Postgres is null ? "here" : "none")) switch
        {
            "here" => true,
            "none" => false,
            var other => throw new SettingException($"Registry__Signer is '{other}'; here or none was expected."),
        };
        builder.Services.AddSingleton(services =>
        {
            var (published, log) = (services.GetRequiredService<IPublicLog>(), services.GetRequiredService<ILogger<LogSigning>>());
            return new LogSigning(
                published,
                isHere ? Signer(section, builder.Environment.IsDevelopment(), settings, published, log) : null,
                isShared: settings.Postgres is not null,
                log);
        });
        builder.Services.AddHostedService(services => services.GetRequiredService<LogSigning>());
    }

    private static LogSigner? Signer(IConfigurationSection section, bool isDevelopment, RegistrySettings settings, IPublicLog published, ILogger log)
    {
        var (key, state) = (section["LogKey"], section["LogState"]);
        if (key is null && state is null && isDevelopment)
            (key, state) = DevelopmentFiles(settings.DataDirectory);
        if (key is not { Length: > 0 } || state is not { Length: > 0 })
        {
            throw new SettingException(
                "Registry__Signer is here: Registry__LogKey, the file of the log's private key, and Registry__LogState, the file in which the signer keeps "
                + "what it signed last, are needed. 'registry log key' makes both.");
        }

        // Only of one process does the journal lie there.
        if (!isDevelopment && settings.Postgres is null && Path.GetFullPath(state).StartsWith(Path.GetFullPath(settings.DataDirectory) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new SettingException(
                "Registry__LogState lies in the data directory. Put it elsewhere, and back it up apart from the journal: whoever puts back an older copy of both "
                + "together would not be found out.");
        }

        try
        {
            var (keys, retired) = Keys(key);
            if (section["LogFirstState"] is { Length: > 0 } first && !File.Exists(state))
                SignerState.Begin(state, first);
            return new LogSigner(new JournalTiles(published), SignerState.Open(state, keys, retired), keys, Witnesses(section), TimeProvider.System, retired);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or FormatException or SigningRefusedException)
        {
            // Nobody asked for it in development: another process may use the same directory.
            if (section["Signer"] is null)
            {
                LogSigning.LogUnreached(log, fault);
                return null;
            }

            throw new SettingException($"The log cannot be signed: {fault.Message}");
        }
    }

    // During a rotation the files of both, the old one first; of a key that was stolen the public half, which signs nothing.
    private static (SigningKey[] Keys, VerifierKey[] Retired) Keys(string files)
    {
        var texts = files.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(File.ReadAllText)
            .ToLookup(text => text.StartsWith("PRIVATE", StringComparison.Ordinal));
        SigningKey[] keys = [.. texts[true].Select(SigningKey.Parse)];
        VerifierKey[] retired = [.. texts[false].Select(text => VerifierKey.Parse(text.TrimEnd('\n')))];
        if (keys.Length == 0)
            throw new FormatException("Registry__LogKey names no private key.");
        if (keys.Select(key => key.Verifier.Name).Concat(retired.Select(key => key.Name)).Distinct(StringComparer.Ordinal).Count() > 1)
            throw new FormatException("The keys of Registry__LogKey have different names: a log has one, its origin, for ever.");
        return (keys, retired);
    }

    // Those of the policy that say where they are. Its quorum is for readers: the signer asks all.
    private static IReadOnlyList<WitnessClient> Witnesses(IConfigurationSection section)
    {
        if (section["LogPolicy"] is not { Length: > 0 } policy)
            return [];
        var http = WitnessClient.CreateHttp(s_witnessLimit);
        return [.. TrustPolicy.Parse(File.ReadAllBytes(policy)).Witnesses.Where(witness => witness.Url is not null)
            .Select(witness => new WitnessClient(witness, http, TimeProvider.System))];
    }

    // Beside the journal, which is a developer's own: a directory that is new begins a log that is new.
    private static (string Key, string State) DevelopmentFiles(string directory)
    {
        PrivateFiles.MakeDirectory(directory);
        var (key, state) = (Path.Combine(directory, "log.key"), Path.Combine(directory, "log.checkpoint"));
        if (!File.Exists(key))
        {
            var made = SigningKey.Generate(DevelopmentOrigin, SignatureKind.Ed25519);
            using (var file = new StreamWriter(PrivateFiles.Create(key, FileMode.CreateNew)))
                file.WriteLine(made.Export());
            File.WriteAllText(key + ".pub", made.Verifier + "\n"); // for whoever verifies
            if (!File.Exists(state))
                SignerState.Create(state, [made], TimeProvider.System.GetUtcNow());
        }

        return (key, state);
    }
}
