using System.Text.Json;
using Registry.Log.Notes;
using Registry.Log.Receipts;
using Registry.Log.Tests.Files;
using Registry.Log.Tests.Notes;
using Registry.Log.Tests.Tree;
using Registry.Log.Tree;
using static Registry.Log.Tests.Notes.Samples;

namespace Registry.Log.Tests.Verifiers;

/// <summary>The script of the page /verify, run by Node, whose WebCrypto is that of browsers.</summary>
public sealed class PageTests : IDisposable
{
    private static readonly SigningKey Cosigner = Samples.Witness(1);

    private readonly Scratch _scratch = new();
    private readonly MemoryLog _log = MemoryLog.Of(300);

    public void Dispose() => _scratch.Dispose();

    [ToolFact("node")]
    public async Task A_receipt_is_proven_and_every_fault_has_its_word()
    {
        var proof = await TlogProof.Make(_log.Entries[77], 77, new TreeReader(_log, 300), Sign(_log, Cosigner));
        var text = proof.ToString();
        var key = LogKey.Verifier.ToString();
        var (witness, other) = (Cosigner.Verifier.ToString(), SigningKey.Generate("other.example", SignatureKind.Ed25519).Verifier.ToString());
        var early = (proof with { Checkpoint = SignAt(_log, Now - TimeSpan.FromHours(9), Cosigner) }).ToString();
        (string Receipt, string Key, string Witnesses, string Word)[] cases =
        [
            (text, key, "", "The entry below is number 77 of the log " + Origin),
            (text, key + "\n", witness + "\n\n", "Witnesses have seen this tree: w1.example"),
            (text, key, Samples.Witness(2).Verifier.ToString(), "has not seen this tree"),
            (early, key, witness, "Witnesses have seen"),
            (text, other, "", "The receipt is of another log"),
            (text, witness, "", "is the public key of a witness"),
            (text, SigningKey.Generate(Origin, SignatureKind.Ed25519).Verifier.ToString(), "", "bears no signature of this key"),
            (text, key[..^4], "", "does not have the id"),
            (text, "", "", "has to be one line"),
            (text, SigningKey.Generate("w", SignatureKind.MlDsa44Cosignature).Verifier.ToString(), "", "browsers cannot check"),
            (text[..(text.Length / 2)], key, "", "The receipt is cut"),
            ("", key, "", "The file is no receipt"),
            ("<html>" + new string('a', 10_000), key, "", "The file is no receipt"),
            (new string('a', 300_000), key, "", "too long for a receipt"),
            (text.Replace("index 77", "index 78", StringComparison.Ordinal), key, "", "is not in the tree"),
            (text.Replace("index 77", "index 300", StringComparison.Ordinal), key, "", "of the future"),
            (text.Replace("\n300\n", "\n301\n", StringComparison.Ordinal), key, "", "is not genuine"),
            (text.Replace("extra ", "extra AAAA", StringComparison.Ordinal), key, "", "is not in the tree"),
            (text.Replace(proof.Path[3].ToString(), TreeHash.OfEmptyTree.ToString(), StringComparison.Ordinal), key, "", "is not in the tree"),
            (text.Replace(proof.Path[3] + "\n", "", StringComparison.Ordinal), key, "", "a hash too few"),
            (text.Replace("index 77\n", $"index 77\n{TreeHash.OfEmptyTree}\n", StringComparison.Ordinal), key, "", "a hash too many"),
        ];
        var answers = await Check(cases.Select(one => new[] { one.Receipt, one.Key, one.Witnesses }));
        Assert.All(cases.Zip(answers), pair => Assert.Contains(pair.First.Word, pair.Second.Words, StringComparison.Ordinal));
        Assert.Equal([0, 1, 3], answers.Index().Where(answer => answer.Item.Proven).Select(answer => answer.Index));
    }

    [ToolFact("node")]
    public async Task No_letter_of_a_receipt_can_be_changed()
    {
        var text = (await TlogProof.Make(_log.Entries[77], 77, new TreeReader(_log, 300), Sign(_log))).ToString();
        var answers = await Check(Enumerable.Range(0, text.Length)
            .Select(at => new[] { $"{text[..at]}{(char)(text[at] ^ 1)}{text[(at + 1)..]}", LogKey.Verifier.ToString(), "" }));
        Assert.Equal(text.Length, answers.Length);
        Assert.All(answers, answer => Assert.False(answer.Proven, answer.Words));
    }

    private async Task<(bool Proven, string Words)[]> Check(IEnumerable<string[]> cases)
    {
        File.Copy(Path.Combine(Tool.Audit, "..", "src", "Registry.Gateway", "Verify", "page.js"), _scratch["page.mjs"], overwrite: true);
        await File.WriteAllTextAsync(_scratch["cases.json"], JsonSerializer.Serialize(cases));
        await File.WriteAllTextAsync(_scratch["run.mjs"], $$"""
            import { readFileSync, writeFileSync } from 'node:fs';
            import { webcrypto } from 'node:crypto';
            globalThis.crypto ??= webcrypto;
            const { check } = await import('./page.mjs');
            const answers = [];
            for (const [receipt, key, witnesses] of JSON.parse(readFileSync('{{_scratch["cases.json"]}}', 'utf8'))) {
              const answer = await check(new TextEncoder().encode(receipt), key, witnesses, {{Now.ToUnixTimeMilliseconds()}});
              answers.push([answer.proven, answer.words.join(' ')]);
            }
            writeFileSync('{{_scratch["answers.json"]}}', JSON.stringify(answers));
            """);
        var done = await Tool.Run(null, "node", _scratch["run.mjs"]);
        Assert.True(done.ExitCode == 0, done.Output);
        using var answers = JsonDocument.Parse(await File.ReadAllBytesAsync(_scratch["answers.json"]));
        return [.. answers.RootElement.EnumerateArray().Select(answer => (answer[0].GetBoolean(), answer[1].GetString()!))];
    }
}
