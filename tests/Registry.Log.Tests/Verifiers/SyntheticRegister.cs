using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Registry.Log.Tests.Tree;
using Registry.Log.Tree;

namespace Registry.Log.Tests.Verifiers;

/// <summary>Entries of license blocks in the form of the draft, written by hand: the auditor reads them, and the log knows them as bytes only.</summary>
internal sealed class SyntheticRegister
{
    private readonly List<string> _entries = [];
    private readonly Dictionary<string, int> _versions = new(StringComparer.Ordinal);
    private string _previous = new('0', 64);

    /// <summary>The place in the log of the entry that is filed next, as titles' numbers count it: from 1 on.</summary>
    public int Next => _entries.Count + 1;

    /// <summary>The law that decisions name; null for none.</summary>
    public string? Law { get; set; }

    /// <summary>The epoch of sheet 1 that entries name; 0 for none.</summary>
    public int Epoch { get; set; }

    /// <summary>The day of the entries.</summary>
    public string Day { get; set; } = "2026-03-01";

    /// <summary>A register of many lives, to a number of entries.</summary>
    public static SyntheticRegister Of(int entries)
    {
        var register = new SyntheticRegister();
        for (var life = 0; register._entries.Count < entries; life++)
        {
            var first = life * 10;
            var (one, two) = ($"t{life}", $"u{life}");
            var filing = register.Apply(one, first, first + 1, first + 2, first + 3);
            var second = register.Apply(two, first + 3, first + 4);
            if (life % 3 == 0)
            {
                register.Add(one, """{"type":"refused","reason":{"sealed":"00"}}""");
                register.Grant(two, second);
            }
            else
            {
                register.Grant(one, filing);
                register.Add(two, $$"""{"type":"reconsidered","struck":[{{first + 3}}],"queued":false}""");
                register.Grant(two, second);
                register.Add(one, $$"""{"type":"relinquished","cells":[{{first}}]}""");
                register.Add(two, """{"type":"surrendered"}""");
                register.Grant($"v{life}", register.Apply($"v{life}", first, first + 4));
            }
        }

        return register;
    }

    /// <summary>Files an application.</summary>
    /// <returns>The number of the filing.</returns>
    public int Apply(string title, params int[] cells)
    {
        var filing = Next;
        Add(title, $$$"""{"type":"applied","id":"{{{title}}}","kind":"exploration","holder":{"id":"p1","name":{"sealed":"00"},"country":"KZ"},"cells":[{{{string.Join(',', cells)}}}],"commodities":[],"queued":false}""");
        return filing;
    }

    public void Grant(string title, int filing, string? on = null) =>
        Add(title, $$"""{"type":"granted","number":"{{filing}}-EL","grantedOn":"{{on ?? Day}}","expiresOn":"2032-02-28"}""");

    /// <summary>The name of an edition of the law.</summary>
    public static string EditionOf(string form) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(form)));

    /// <summary>Adopts a law, and keeps its form beside the entry.</summary>
    /// <param name="form">The form.</param>
    /// <param name="edition">The name that the entry gives it; null for its own.</param>
    public void Adopt(string form, string? edition = null)
    {
        Objects[EditionOf(form)] = form;
        AddTo("law/kz", $$$"""{"type":"adopted","sha256":"{{{edition ?? EditionOf(form)}}}","form":{"object":"{{{EditionOf(form)}}}"}}""");
    }

    /// <summary>Appends an entry of a title.</summary>
    public void Add(string title, string change) => AddTo($"license-blocks/{title}", change);

    /// <summary>Appends an entry.</summary>
    public void AddTo(string stream, string change)
    {
        _versions[stream] = _versions.GetValueOrDefault(stream) + 1;
        var law = Law is null ? "" : $"\"law\":\"{Law}\",";
        var epochs = Epoch == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"\"epochs\":[[1,{Epoch}]],");
        Keep(string.Create(CultureInfo.InvariantCulture,
            $$$"""{"format":"draft","sequence":{{{Next}}},"previous":"{{{_previous}}}","at":"{{{Day}}}T10:00:00.0000000Z","by":{"office":"registrar","key":{"sealed":"00"}},{{{law}}}{{{epochs}}}"stream":"{{{stream}}}","version":{{{_versions[stream]}}},"event":{{{change}}}}"""));
    }

    /// <summary>Appends bytes as they are.</summary>
    public void Keep(string entry)
    {
        _entries.Add(entry);
        _previous = Convert.ToHexStringLower(TreeHash.OfLeaf(Encoding.UTF8.GetBytes(entry)).ToArray());
    }

    /// <summary>What lies beside the entries, by its SHA-256.</summary>
    public Dictionary<string, string> Objects { get; } = new(StringComparer.Ordinal);

    /// <summary>The entries as text, to be altered.</summary>
    public List<string> Entries => _entries;

    /// <summary>The log of the entries.</summary>
    public MemoryLog ToLog()
    {
        var log = new MemoryLog();
        log.Append([.. _entries.Select(entry => Encoding.UTF8.GetBytes(entry))]);
        return log;
    }
}
