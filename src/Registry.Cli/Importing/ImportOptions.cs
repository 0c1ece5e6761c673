using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using Registry.Cli.Commands;
using Registry.Formats.ReferenceSystems;

namespace Registry.Cli.Importing;

/// <summary>What an import is asked for.</summary>
/// <param name="File">The file that is imported.</param>
/// <param name="Registry">Where the registry is.</param>
/// <param name="Key">The API key.</param>
/// <param name="Report">Where the report goes; null for the standard output.</param>
/// <param name="Source">The publisher of records that do not name one; may be empty.</param>
/// <param name="AtOnce">How many requests are under way at once.</param>
/// <param name="System">What the positions of GeoJSON are given in; null for what the file says, or WGS 84.</param>
internal sealed record ImportRequest(FileInfo File, Uri Registry, string Key, FileInfo? Report, string Source, int AtOnce, SourceSystem? System)
{
    /// <summary>Opens the file.</summary>
    /// <exception cref="CommandFault">It cannot be read.</exception>
    public FileStream OpenFile() => Open(File.OpenRead);

    /// <summary>Opens the report, in place of one that is there; null when none was asked for.</summary>
    /// <exception cref="CommandFault">It cannot be written.</exception>
    public StreamWriter? OpenReport()
    {
        if (Report?.FullName == File.FullName)
            throw new CommandFault("The report would overwrite the file that is imported.", ExitCodes.Usage);
        return Report is null ? null : new StreamWriter(Open(Report.Create), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    private static FileStream Open(Func<FileStream> open)
    {
        try
        {
            return open();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandFault(fault.Message, ExitCodes.Usage);
        }
    }
}

/// <summary>The options that every import has.</summary>
internal sealed class ImportOptions
{
    private const string KeyVariable = "REGISTRY_KEY";
    private const int MostAtOnce = 64;

    private readonly Surroundings _around;
    private readonly Argument<FileInfo> _file;

    private readonly Option<Uri> _url = new("--url")
    {
        Description = "Where the registry is",
        HelpName = "address",
        DefaultValueFactory = _ => new Uri("http://127.0.0.1:5080"),
        CustomParser = ReadAddress,
    };

    private readonly Option<string?> _key = new("--key")
    {
        Description = $"The API key. Better left to {KeyVariable}: a command line is seen by everybody on the machine",
    };

    private readonly Option<FileInfo?> _report = new("--report") { Description = "A CSV file for the report on every row; else it is printed" };

    private readonly Option<string> _source = new("--source")
    {
        Description = "The publisher of GeoJSON features without a property 'source'; part of what makes a record the same",
        DefaultValueFactory = _ => "",
    };

    private readonly Option<string?> _crs = new("--crs")
    {
        Description = "What the positions of a GeoJSON file are given in where it does not say: EPSG:32642, EPSG:28412, EPSG:3857, ...",
    };

    private readonly Option<int> _atOnce = new("--at-once")
    {
        Description = "How many requests are under way at once; with 1, objects are filed in the file's order",
        DefaultValueFactory = _ => 8,
    };

    /// <param name="around">Where the key may be.</param>
    /// <param name="command">Gets the options.</param>
    /// <param name="description">What the file is.</param>
    public ImportOptions(Surroundings around, Command command, string description)
    {
        _around = around;
        _file = new Argument<FileInfo>("file") { Description = description };
        _file.AcceptExistingOnly();
        _atOnce.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && (!int.TryParse(result.Tokens[0].Value, out var atOnce) || atOnce is < 1 or > MostAtOnce))
                result.AddError($"--at-once takes a number from 1 to {MostAtOnce}.");
        });
        command.Add(_file);
        command.Add(_url);
        command.Add(_key);
        command.Add(_report);
        command.Add(_source);
        command.Add(_crs);
        command.Add(_atOnce);
    }

    /// <summary>What was typed.</summary>
    /// <exception cref="CommandFault">There is no key, or the reference system is not read.</exception>
    public ImportRequest Read(ParseResult parsed)
    {
        var key = parsed.GetValue(_key) ?? _around.Variable(KeyVariable);
        if (string.IsNullOrWhiteSpace(key) || key.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new CommandFault(string.IsNullOrWhiteSpace(key)
                ? $"An import needs an API key: set {KeyVariable}, or give --key. 'registry key issue' makes one."
                : "The key has characters that no key has.", ExitCodes.Usage);
        }

        return new ImportRequest(
            parsed.GetRequiredValue(_file),
            parsed.GetRequiredValue(_url),
            key,
            parsed.GetValue(_report),
            parsed.GetRequiredValue(_source),
            parsed.GetValue(_atOnce),
            parsed.GetValue(_crs) is { } name ? SystemOf(name) : null);
    }

    private static SourceSystem SystemOf(string name) => SourceSystemNames.Find(name)
        ?? throw new CommandFault($"The reference system '{name}' is not read; names are as EPSG:32642, EPSG:28412, EPSG:3857. {SourceSystem.Remedy}", ExitCodes.Usage);

    private static Uri? ReadAddress(ArgumentResult result)
    {
        if (result.Tokens is [{ Value: var text }] && Uri.TryCreate(text, UriKind.Absolute, out var address)
            && address.Scheme is "http" or "https" && address is { UserInfo: "", Query: "", Fragment: "" })
        {
            return address;
        }

        result.AddError("--url takes an address such as http://127.0.0.1:5080.");
        return null;
    }
}
