using Registry.Log.Tests.Copies;
using Registry.Log.Tests.Files;
using Registry.Log.Tree;
using static Registry.Log.Tests.Notes.Samples;

namespace Registry.Log.Tests.Verifiers;

/// <summary>A log may be whole and signed, and yet tell of a wrong: the auditor names it.</summary>
public sealed class ViolationTests
{
    private const string Law1 = """{"regime":"kz","mostCells":200}""";
    private static readonly string Law2 = SyntheticRegister.EditionOf("""{"regime":"kz","mostCells":100}""");

    private static readonly (string Rule, Action<SyntheticRegister> Plant)[] Violations =
    [
        ("double", r => { var (a, b) = (r.Apply("a", 1, 2), r.Apply("b", 2, 3)); r.Grant("a", a); r.Grant("b", b); }),
        ("double", r => { r.Grant("a", r.Apply("a", 1, 2)); r.Add("a", """{"type":"relinquished","cells":[1]}"""); r.Grant("b", r.Apply("b", 1, 2)); }),
        ("queue", r => { r.Apply("a", 1, 2); r.Grant("b", r.Apply("b", 2, 3)); }),
        ("strike", r => { r.Apply("a", 1); r.Grant("b", r.Apply("b", 5)); r.Add("a", """{"type":"reconsidered","struck":[1],"queued":false}"""); }),
        ("strike", r => { var a = r.Apply("a", 1); r.Apply("b", 1, 2); r.Grant("a", a); r.Add("b", """{"type":"reconsidered","struck":[1,2],"queued":false}"""); }),
        ("strike", r => { r.Apply("a", 1, 2); r.Add("a", """{"type":"reconsidered","struck":[7],"queued":false}"""); }),
        ("life", r => { var a = r.Apply("a", 1); r.Add("a", """{"type":"withdrawn"}"""); r.Grant("a", a); }),
        ("life", r => { r.Grant("a", r.Apply("a", 1)); r.Add("a", """{"type":"refused","reason":{"sealed":"00"}}"""); }),
        ("life", r => { r.Apply("a", 1); r.Apply("a", 1); }),
        ("ground", r => { r.Grant("a", r.Apply("a", 1)); r.Add("a", """{"type":"relinquished","cells":[2]}"""); }),
        ("number", r => { r.Apply("a", 1); r.Grant("b", r.Apply("b", 2) - 1); }),
        ("term", r => { r.Grant("a", r.Apply("a", 1)); r.Add("a", """{"type":"expired"}"""); }),
        ("date", r => { r.Grant("a", r.Apply("a", 1), on: "2026-02-01"); }),
        ("date", r => { r.Apply("a", 1); r.Day = "2026-02-27"; r.Apply("b", 2); }),
        ("epoch", r => { r.Epoch = 5; r.Apply("a", 1); r.Epoch = 4; r.Apply("b", 2); }),
        ("law", r => { r.Adopt(Law1); r.Law = Law2; r.Grant("a", r.Apply("a", 1)); }),
        ("law", r => { r.Adopt(Law1); r.Grant("a", r.Apply("a", 1)); }),
        ("law", r => { r.Adopt(Law1); r.Adopt(Law1, r.Law = Law2); r.Grant("a", r.Apply("a", 1)); }),
        ("law", r => r.Adopt("""{"regime":"au"}""")),
        ("malformed", r => { r.Adopt(Law1); r.Objects.Clear(); }),
        ("malformed", r => { r.Adopt(Law1); r.Objects[SyntheticRegister.EditionOf(Law1)] = """{"regime":"kz","mostCells":100}"""; }),
        ("chain", r => { r.Apply("a", 1); r.Apply("b", 2); r.Apply("c", 3); r.Entries.RemoveAt(r.Entries.Count - 2); }),
        ("chain", r => { r.Apply("a", 1); r.Apply("b", 2); (r.Entries[^1], r.Entries[^2]) = (r.Entries[^2], r.Entries[^1]); }),
        ("chain", r => { r.Apply("a", 1); r.Apply("b", 2); r.Entries[^2] = r.Entries[^2].Replace("[1]", "[9]", StringComparison.Ordinal); }),
        ("sequence", r => { r.Apply("a", 1); r.Apply("b", 2); r.Entries.RemoveAt(r.Entries.Count - 2); }),
        ("version", r => { r.Apply("a", 1); r.Entries[^1] = r.Entries[^1].Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal); }),
        ("malformed", r => r.Keep("no entry")),
        ("malformed", r => { r.Apply("a", 1); r.Entries[^1] = r.Entries[^1].Replace("\"at\":", "\"sequence\":1,\"at\":", StringComparison.Ordinal); }),
    ];

    public static IEnumerable<object[]> Planted => Violations.Select((violation, at) => new object[] { at, violation.Rule });

    [ToolFact("python3", "openssl")]
    public async Task An_honest_register_has_none()
    {
        var audited = await Audit(_ => { });
        Assert.Equal((0, true), (audited.ExitCode, audited.Output.EndsWith("No faults.\n", StringComparison.Ordinal)));
    }

    [ToolFact("python3", "openssl")]
    public async Task A_register_whose_decisions_name_the_law_that_was_adopted_has_none()
    {
        var audited = await Audit(r =>
        {
            r.Adopt(Law1);
            r.Law = SyntheticRegister.EditionOf(Law1);
            r.Grant("a", r.Apply("a", 1));
        });
        Assert.EndsWith("No faults.\n", audited.Output, StringComparison.Ordinal);
    }

    [ToolTheory("python3", "openssl")]
    [MemberData(nameof(Planted))]
    public async Task A_planted_violation_is_named(int at, string rule)
    {
        var audited = await Audit(Violations[at].Plant);
        Assert.Equal(1, audited.ExitCode);
        Assert.Contains($": {rule}: ", audited.Output, StringComparison.Ordinal);
    }

    [ToolFact("python3", "openssl")]
    public async Task What_the_registry_shows_is_compared_with_what_the_log_says()
    {
        using var scratch = new Scratch();
        var register = new SyntheticRegister();
        register.Grant("a", register.Apply("a", 1, 2));
        register.Apply("b", 3);
        var log = register.ToLog();
        await StaticCopy.Write(log, Sign(log), scratch["log"]);
        const string A = """{"id":"a","properties":{"status":"granted","holder":{"id":"p1"},"number":"1-EL","cellCount":2,"sequence":1}}""";
        const string B = """{"id":"b","properties":{"status":"applied","holder":{"id":"p1"},"cellCount":1,"sequence":3}}""";
        Assert.Equal(0, (await Compare($"{A},{B}")).ExitCode);
        Assert.Contains("b is in the log and is not shown", (await Compare(A)).Output, StringComparison.Ordinal);
        Assert.Contains("a is shown otherwise", (await Compare($"{A.Replace("p1", "p2", StringComparison.Ordinal)},{B}")).Output, StringComparison.Ordinal);
        Assert.Contains("c is shown and is not in the log", (await Compare($"{A},{B},{A.Replace("\"a\"", "\"c\"", StringComparison.Ordinal)}")).Output, StringComparison.Ordinal);

        async Task<Tool> Compare(string features)
        {
            await File.WriteAllTextAsync(scratch["items"], $$"""{"type":"FeatureCollection","features":[{{features}}]}""");
            return await Tool.Python("--key", LogKey.Verifier.ToString(), "--items", scratch["items"], scratch["log"]);
        }
    }

    [Fact]
    public void The_hash_that_an_entry_names_is_the_leaf_hash_of_the_one_before() => Assert.Contains(
        $"\"previous\":\"{Convert.ToHexStringLower(TreeHash.OfLeaf(SyntheticRegister.Of(2).ToLog().Entries[0]).ToArray())}\"",
        SyntheticRegister.Of(2).Entries[1], StringComparison.Ordinal);

    private static async Task<Tool> Audit(Action<SyntheticRegister> plant)
    {
        using var scratch = new Scratch();
        var register = new SyntheticRegister();
        register.Grant("before", register.Apply("before", 100, 101));
        plant(register);
        var log = register.ToLog();
        await StaticCopy.Write(log, Sign(log), scratch["log"]);
        Directory.CreateDirectory(Path.Combine(scratch["log"], "objects"));
        foreach (var (hash, value) in register.Objects)
            await File.WriteAllTextAsync(Path.Combine(scratch["log"], "objects", hash), value);
        return await Tool.Python("--key", LogKey.Verifier.ToString(), scratch["log"]);
    }
}
