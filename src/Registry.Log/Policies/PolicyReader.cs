using System.Text;
using Registry.Log.Notes;

namespace Registry.Log.Policies;

/// <summary>Reads one policy, line by line. Names are octets to it: it decodes the file as Latin-1, and keys and addresses again as UTF-8.</summary>
internal sealed class PolicyReader
{
    private const int MostBytes = 1024 * 1024;
    private const int MostOfEach = 256;
    private const string NoneWord = "none";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<KnownLog> _logs = [];
    private readonly List<KnownWitness> _witnesses = [];
    private readonly Dictionary<string, Quorum> _defined = new(StringComparer.Ordinal);
    private readonly HashSet<string> _members = new(StringComparer.Ordinal);
    private int _groups;
    private Quorum? _quorum;

    /// <summary>Reads a policy.</summary>
    /// <exception cref="FormatException">It is none; the message names the line.</exception>
    public TrustPolicy Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MostBytes)
            throw new FormatException($"The policy has {bytes.Length} bytes; at most {MostBytes} are read.");
        if (bytes.IsEmpty || bytes[^1] != '\n')
            throw new FormatException("The policy does not end with a newline; its end may be missing.");
        var number = 0;
        foreach (var line in Encoding.Latin1.GetString(bytes[..^1]).Split('\n'))
        {
            number++;
            try
            {
                ReadLine(line);
            }
            catch (FormatException fault)
            {
                throw new FormatException($"Line {number} of the policy: {fault.Message}", fault);
            }
        }

        return new TrustPolicy(_logs, _witnesses, _quorum ?? throw new FormatException("The policy has no line 'quorum'."));
    }

    private void ReadLine(string line)
    {
        if (line.Any(letter => letter is < ' ' and not '\t' or '\x7f'))
            throw new FormatException("it has control characters.");
        var words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || words[0][0] == '#')
            return;
        switch (words)
        {
            case ["log", var key]: AddLog(key, null); break;
            case ["log", var key, var url]: AddLog(key, url); break;
            case ["witness", var name, var key]: AddWitness(name, key, null); break;
            case ["witness", var name, var key, var url]: AddWitness(name, key, url); break;
            case ["group", var name, var threshold, _, ..]: AddGroup(name, threshold, words[3..]); break;
            case ["quorum", var name]: SetQuorum(name); break;
            default: throw new FormatException($"it is no line of a policy: {Quote(line.Trim())}.");
        }
    }

    private void AddLog(string key, string? url)
    {
        var log = new KnownLog(KeyOf(key, SignatureKind.Ed25519, SignatureKind.MlDsa44Cosignature), UrlOf(url));
        if (_logs.Any(known => known.Key.IsSameKey(log.Key)))
            throw new FormatException($"the key of the log {log.Key.Name} is there twice.");
        Bound(_logs.Count, "logs");
        _logs.Add(log);
    }

    private void AddWitness(string name, string key, string? url)
    {
        var witness = new KnownWitness(name, KeyOf(key, SignatureKind.Ed25519Cosignature, SignatureKind.MlDsa44Cosignature), UrlOf(url));
        if (_witnesses.Any(known => known.Key.IsSameKey(witness.Key)))
            throw new FormatException($"the key of the witness {witness.Key.Name} is there twice.");
        Bound(_witnesses.Count, "witnesses");
        Define(new Quorum(name, 0, []));
        _witnesses.Add(witness);
    }

    private void AddGroup(string name, string threshold, string[] names)
    {
        Bound(_groups++, "groups");
        Quorum[] members = [.. names.Select(Defined)];
        if (members.FirstOrDefault(member => !_members.Add(member.Name)) is { } twice)
            throw new FormatException($"{Quote(twice.Name)} is a member of a group already.");
        var least = threshold switch
        {
            "all" => members.Length,
            "any" => 1,
            _ => StrictText.TryDecimal(threshold, out var count) && count >= 1 && count <= members.Length
                ? (int)count
                : throw new FormatException($"a group of {members.Length} asks for all, any, or 1 to {members.Length} of them, not {Quote(threshold)}."),
        };
        Define(new Quorum(name, least, members));
    }

    private void SetQuorum(string name)
    {
        if (_quorum is not null)
            throw new FormatException("there is a line 'quorum' already.");
        _quorum = name == NoneWord ? Quorum.None : Defined(name);
    }

    private Quorum Defined(string name) => _defined.TryGetValue(name, out var known)
        ? known
        : throw new FormatException($"no line before it defines {Quote(name)}.");

    private void Define(Quorum quorum)
    {
        if (quorum.Name == NoneWord || !_defined.TryAdd(quorum.Name, quorum))
            throw new FormatException($"the name {Quote(quorum.Name)} is taken.");
    }

    private static VerifierKey KeyOf(string latin1, params SignatureKind[] kinds)
    {
        var key = VerifierKey.Parse(Utf8Of(latin1));
        return kinds.Contains(key.Kind) ? key : throw new FormatException($"the key of {key.Name} is of the kind {key.Kind}, which does not belong here.");
    }

    private static Uri? UrlOf(string? latin1) => latin1 is null ? null
        : Uri.TryCreate(Utf8Of(latin1), UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url
        : throw new FormatException($"{Quote(latin1)} is no address that begins with http:// or https://.");

    private static string Utf8Of(string latin1)
    {
        try
        {
            return Utf8.GetString(Encoding.Latin1.GetBytes(latin1));
        }
        catch (DecoderFallbackException)
        {
            throw new FormatException($"{Quote(latin1)} is not UTF-8.");
        }
    }

    private static void Bound(int count, string what)
    {
        if (count >= MostOfEach)
            throw new FormatException($"there are more than {MostOfEach} {what}.");
    }

    private static string Quote(string latin1) => StrictText.Quote(Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(latin1)));
}
